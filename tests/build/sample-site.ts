const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: de
languages: [de, en]
logo: logo.svg
components:
  - name: { de: Rechenzentrum Dresden, en: Dresden data centre }
    components:
      - { id: webhosting, name: Webhosting, hosts: ["web-dd-*"] }
      - { id: mail, name: Mail }
  - { id: api, name: API, description: Schnittstelle für Kunden }
authors: { tb: Tanja B., mk: Marko K. }
contacts:
  - { label: Hotline, url: "tel:+4935100000" }
  - { label: Mastodon, url: "https://social.example/@nordhost" }
links:
  - { label: Impressum, url: "https://nordhost.example/impressum" }
mirrors: ["https://nordhost.pages.example"]
`;

const OUTAGE = `---
title: "Rechenzentrum Dresden: Stromausfall"
status: identified
impact: critical
components: [webhosting, mail]
next-update: 2026-11-21 20:00
---

Alle Dienste in Dresden sind betroffen. ![Plan](plan.png)

## 2026-11-21 19:30 identified ^tb {mail: degraded performance}

Die Notstromaggregate sind **nicht** angesprungen, siehe [Lageplan](plan.png) und <https://nordhost.example>.

## 2026-11-21 19:05 investigating ^mk

Wir sind dran.
`;

const OUTAGE_ENGLISH = `---
title: "Dresden data centre: power failure"
---

All services in Dresden are affected.

## 2026-11-21 19:30

The emergency generators did not start.
`;

const SLOW_MAIL = `---
title: Mail war langsam
status: postmortem
impact: minor
components: [mail]
---

## 2026-11-15 09:00 postmortem ^mk

| Zeit | Was |
| --- | --- |
| 10:00 | Warteschlange voll |

## 2026-11-14 12:10 resolved

Behoben.

## 2026-11-14 10:00 investigating

Mails kommen verspätet an.
`;

const MAINTENANCE = `---
title: Tausch des Kern-Routers
status: scheduled
components: [api]
scheduled: { from: 2026-11-25 22:00, to: 2026-11-26 04:00 }
---

## 2026-11-18 10:00

Kurze Unterbrechungen sind möglich.
`;

const OLD = `---
title: Zertifikat abgelaufen
status: resolved
impact: major
components: [api]
---

## 2025-02-03 08:40 resolved

Erneuert.

## 2025-02-03 08:00 investigating

Die API antwortet nicht.
`;

const NOTICE = `---
title: Neue Adressen für Rechnungen
status: notice
until: 2026-12-31
---

Rechnungen kommen ab Dezember von einer neuen Adresse.

## 2026-11-20 09:00

Bitte prüfen Sie Ihre Filter.
`;

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);

/** A site that uses each part of the format once, in two languages. Built at `NOW` one outage is open. */
export const SAMPLE_SITE: Record<string, string | Uint8Array> = {
  'status.config.yml': CONFIG,
  'incidents/2026-11-21-power-dresden.md': OUTAGE,
  'incidents/2026-11-21-power-dresden.en.md': OUTAGE_ENGLISH,
  'incidents/2026-11-14-mail-slow.md': SLOW_MAIL,
  'incidents/2026-11-18-core-router.md': MAINTENANCE,
  'incidents/archive/2025-02-03-zertifikat.md': OLD,
  'incidents/2026-11-20-rechnungen.md': NOTICE,
  'public/logo.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10H0z"/></svg>\n',
  'public/plan.png': PIXEL,
};
