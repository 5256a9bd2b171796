import { ago, lasting } from './elapsed.ts';
import { ownTime } from './own-time.ts';
import { reached } from './stage.ts';
import { standing } from './standing.ts';

// Runs in the reader's browser on each page that may change. It has no words of its own: what it says stands in the
// page's attributes (LiveLine.astro tells of them) and becomes text, never markup.

const line = document.getElementById('live_')!;
const told = line.dataset as { [name: string]: string };
const lang = told.lang!;
// Opened from disk: there is no host to ask.
const disk = !location.host;

const clock = Date.now;

let askedAt = 0;
let wait = disk ? Infinity : 0;
let newer = false;
let failures = 0;
let sure = !disk;
/** When the page was known to be the newest; not a number: nobody has said so yet. */
let built = +told.built!;

const all = (selector: string) => document.querySelectorAll<HTMLElement & { href?: object }>(selector);

/** Whether an element is to say something else than before: the rest is left alone, and what a reader marked in it. */
function isNew({ dataset }: HTMLElement, text: string): boolean {
  if (dataset.is === text) return false;
  dataset.is = text;
  return true;
}

function tell() {
  const now = +told.clock! || Math.max(clock(), built || 0);
  const state = standing(newer, failures, sure, now - built, +told.limit!);
  const text = state && told[state]!.replace('{}', ago(built, now, lang));
  if (isNew(line, text)) {
    line.replaceChildren(
      text,
      ' ',
      state === 'newer'
        ? Object.assign(document.createElement('button'), {
            textContent: told.show,
            onclick: () => location.reload(),
          })
        : state && all('.copies')[0]!.cloneNode(true),
    );
  }

  for (const element of all('[data-then]')) {
    const [, text, after = ''] = reached(JSON.parse(element.dataset.then!), now) ?? [];
    if (text && isNew(element, text)) {
      if (element.href) element.setAttribute('href', text);
      else element.replaceChildren(text, ...element.children, after);
    }
  }

  for (const note of all('[data-say]')) {
    const { say, to } = note.dataset;
    const at = Date.parse((note.previousElementSibling as HTMLTimeElement).dateTime);
    const words =
      say === 'own'
        ? ownTime(at, +to! || at, lang, told.zone!)
        : say === 'ago'
          ? ago(at, now, lang)
          : state === 'old'
            ? ''
            : lasting(at, now, lang);
    const text = words && told[say!]!.replace('{}', words);
    if (isNew(note, text)) note.textContent = text;
  }
}

async function ask() {
  askedAt = clock();
  wait = 6e4;
  try {
    const answer = await fetch(told.build!, { cache: 'no-store', signal: AbortSignal.timeout(2e4) });
    const build = await answer.json();
    const at = Date.parse(build.built);
    const key = build.pages[told.page!];
    newer = key && key !== told.key && at >= Math.min(+told.at!, clock());
    // Pages of components are named only while something happens: of the others the host knows, too.
    const known = key || told.unnamed === '';
    // Another page that is not in the list changes no more, or is newer than the list, as in the midst of a deployment.
    if (!known && at >= +told.at!) wait = 54e4;
    failures = 0;
    // Of a page that it does not know the host can't say that it is the newest.
    sure = known && location.href.startsWith(told.home!);
    // What the site's own host says holds now; a mirror knows no more than what it was built with.
    if (key === told.key) built = sure ? clock() : at;
  } catch {
    wait *= Math.min(++failures, 9);
    sure = false;
  }
  tell();
}

function tick() {
  // A clock that is set back, too, has run on.
  if (!document.hidden && Math.abs(clock() - askedAt) >= wait) ask();
  tell();
}

document.onvisibilitychange = tick;
setInterval(tick, 1e4);
tick();
