import type { Incident, Instant, Update } from '../domain/incident.ts';
import { deriveIncident } from '../domain/incident-status.ts';
import { allComponents, localText, type Site } from '../domain/site.ts';
import { isEnded, worseState } from '../domain/words.ts';
import { locale } from '../i18n/locale.ts';

/** What readers will see of an update, for a terminal: plain lines in the site's language, no line break at the end. */
export function readerView(incident: Incident, update: Update, site: Site, now: Instant): string {
  const words = locale(site.language, { timezone: site.timezone, address: site.address });
  const status = deriveIncident(incident, now);
  const worst = status.components.map(({ state }) => state).reduce(worseState, 'operational');
  const open = status.phase === 'open' && status.kind !== 'notice';
  const state =
    status.kind === 'notice'
      ? words.kind('notice')
      : open && worst !== 'operational'
        ? `${words.state(worst)} · ${words.statusInside(status.status)}`
        : words.status(status.status);
  const when =
    status.phase === 'upcoming' && status.window !== null
      ? words.window(status.window.from, status.window.to, now)
      : status.endedAt === null
        ? words.t('line.since', { time: words.moment(status.startedAt, now, status.startedPrecision) })
        : words.t('line.ended', { time: words.moment(status.endedAt, now) });
  const names = update.authors.map((key) => (Object.hasOwn(site.authors, key) ? site.authors[key]! : key));
  const components = allComponents(site);
  const affected = status.components.map(({ id, state: of }) => {
    const component = components.find((one) => one.id === id);
    const name = component === undefined ? id : localText(component.name, site.language, site);
    return isEnded(status.status) || status.phase !== 'open' ? name : `${name}: ${words.stateInside(of)}`;
  });
  const promise = status.nextUpdate;
  const blocks = [
    `${state} · ${when}\n${incident.title}`,
    update.text.replaceAll('\r\n', '\n'),
    `— ${[...names, words.moment(update.at, now, update.precision)].join(', ')}`,
    promise === null ? '' : words.t('promise.by', { time: words.moment(promise, now) }),
    [...affected, ...incident.unknownComponents].join(' · '),
    `${site.url}/incidents/${incident.slug}.html`,
  ];
  return blocks
    .filter((block) => block !== '')
    .join('\n\n')
    .replace(/\n\n— /, '\n— ');
}
