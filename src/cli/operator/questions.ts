import type { ReadContext } from '../../content/read-context.ts';
import type { Instant } from '../../domain/incident.ts';
import { isGroup, localText } from '../../domain/site.ts';
import type { Stamp } from '../../domain/stamp.ts';
import { IMPACTS, type Impact, stateOfImpact } from '../../domain/words.ts';
import type { NewIncident } from '../../write/new-incident.ts';
import { type Meaning, meantPromise, readMoment } from '../../write/operator-words.ts';
import { askChoice, askLine, askSome, type Choice } from './ask.ts';

/** Asks for the one line that says what fails. */
export function title(): Promise<string> {
  return askLine('What fails, and where? (title)', {
    placeholder: 'Data centre Dresden: power failure',
    check: (text) => (text.trim() === '' ? 'Write one line.' : null),
  });
}

/** Asks how bad it is, worst first. */
export async function impact(): Promise<Impact> {
  const choices = IMPACTS.toReversed().map(
    (value): Choice => ({ value, label: value, hint: stateOfImpact(value) }),
  );
  return (await askChoice('How bad is it?', choices, 'major')) as Impact;
}

/** Asks which components are concerned; none where the config has none. */
export async function components({ site }: ReadContext): Promise<string[]> {
  const choices = site.components.flatMap((entry): Choice[] => {
    const group = isGroup(entry) ? localText(entry.name, site.language, site) : null;
    return (isGroup(entry) ? entry.components : [entry]).map((component) => {
      const choice = { value: component.id, label: localText(component.name, site.language, site) };
      return group === null ? choice : { ...choice, hint: group };
    });
  });
  return choices.length === 0 ? [] : askSome('Which services? (space marks, Enter goes on)', choices);
}

/** Asks who signs; nobody where the config knows no authors. */
export async function author({ site }: ReadContext): Promise<string[]> {
  const choices = Object.entries(site.authors).map(
    ([key, name]): Choice => ({ value: key, label: name, hint: key }),
  );
  if (choices.length === 0) return [];
  const key = await askChoice('Who signs?', [...choices, { value: '', label: 'nobody' }]);
  return key === '' ? [] : [key];
}

/** Asks for the promise of the next update; `initial` is what is likely, where it means anything. */
export async function next(context: ReadContext, initial = ''): Promise<NewIncident['next']> {
  const read = (text: string) => meantPromise(text, context);
  const meaning = read(
    await askLine('When will you speak next?', {
      placeholder: '30m, 2h, 19:00; empty: no promise',
      initial: read(initial).ok ? initial : '',
      check: complaint(read),
    }),
  );
  return meaning.ok ? meaning.value : null;
}

/** Asks for one end of a window. */
export async function windowEnd(
  which: 'from' | 'to',
  after: Instant | null,
  context: ReadContext,
): Promise<Instant> {
  const read = (text: string): Meaning<Stamp> => {
    const meaning = readMoment(text, context);
    if (!meaning.ok || after === null || meaning.value.at > after) return meaning;
    return { ok: false, message: 'That is before the work begins.' };
  };
  const message = which === 'from' ? 'When does the work begin?' : 'Until when at the latest?';
  const meaning = read(await askLine(message, { placeholder: 'YYYY-MM-DD HH:MM', check: complaint(read) }));
  return meaning.ok ? meaning.value.at : context.now;
}

/** Asks until when a notice holds. */
export async function until(context: ReadContext): Promise<Stamp | null> {
  const read = (text: string): Meaning<Stamp | null> =>
    text.trim() === '' ? { ok: true, value: null } : readMoment(text, context);
  const meaning = read(
    await askLine('Until when does it hold?', {
      placeholder: 'YYYY-MM-DD; empty: no end',
      check: complaint(read),
    }),
  );
  return meaning.ok ? meaning.value : null;
}

function complaint(read: (text: string) => Meaning<unknown>): (text: string) => string | null {
  return (text) => {
    const meaning = read(text);
    return meaning.ok ? null : meaning.message;
  };
}
