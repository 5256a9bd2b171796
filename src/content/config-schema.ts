import { z } from 'zod';
import { readLimit } from '../domain/time.ts';
import { type Shape, TEXT, WORD } from './shape.ts';
import { truthOf } from './truth.ts';

/** A sentence of a schema stands after the value that it is about. */
const isTag = (text: string): boolean => {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
};
const isZone = (text: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
};
const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
const isContact = (text: string): boolean => isWebAddress(text) || /^(?:mailto|tel):\S/i.test(text);
const isHost = (text: string): boolean => hostOf(text) !== null;
const isResolver = (text: string): boolean =>
  /^(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|[\da-f:.]*:[\da-f:.]+|\[[\da-f:.]+\](?::\d{1,5})?)$/i.test(text);
const isTruth = (text: string): boolean => truthOf(text) !== null;
const isPublicPath = (text: string): boolean =>
  !/^[a-z][a-z0-9+.-]*:|^\/\/|\\|(?:^|\/)\.\.(?:\/|$)/i.test(text);

const tag = z.string().refine(isTag, 'is not a language tag. Write one such as "de" or "pt-BR".');
const text = z.string().min(1, 'is empty. Write a text.');
const localText = z
  .union([text, z.record(tag, text)])
  .describe('A text, or a text for each language: { de: E-Mail, en: Mail }.');
const webAddress = z.string().refine(isWebAddress, 'is not an address. Write one that begins with https://.');

const component = z
  .strictObject({
    id: text
      .optional()
      .describe('Part of addresses, never to be changed later; without it, made from the name.'),
    name: localText.optional().describe('What customers call it; without it, the id.'),
    description: localText.optional().describe('One line below the name.'),
    hosts: z
      .array(text)
      .optional()
      .describe('Host names that belong to it, * allowed; published as written.'),
  })
  .describe('Something that customers use and that can fail.');

const group = z
  .strictObject({
    id: text.optional().describe('Part of addresses; without it, made from the name.'),
    name: localText.optional().describe('The heading.'),
    description: localText.optional().describe('One line below the heading.'),
    hosts: z
      .array(text)
      .optional()
      .describe('A group has no hosts of its own; they belong to its components.'),
    components: z.array(component).describe('What stands below this heading.'),
  })
  .describe('A heading over components; it has no state of its own.');

const labelled = z.strictObject({
  label: localText.describe('What readers see.'),
  url: z
    .string()
    .refine(isContact, 'is not an address. Write one that begins with https:, mailto: or tel:.')
    .describe('https:, http:, mailto: or tel:.'),
});

/** The ways to publish, each named by the key that says where to. */
export const TARGET_KINDS = ['rclone', 'git', 'rsync', 'folder', 'command'] as const;

const place = text.refine((value) => !value.startsWith('-'), 'begins with a hyphen, which no place does.');
const target = z
  .strictObject({
    rclone: place.optional().describe("remote:path, a remote of rclone's own configuration."),
    git: place.optional().describe("A repository's address; the page is the content of `branch`."),
    rsync: place.optional().describe('host:path, as rsync takes it.'),
    folder: place.optional().describe('A folder on this machine.'),
    command: place.optional().describe('A command line; {dir} in it stands for the folder of the build.'),
    branch: place.optional().describe('Of a git target: the branch that holds the page (default: pages).'),
    url: webAddress
      .optional()
      .describe("Where readers find this copy (default: the site's url); asked for build.json afterwards."),
    name: text.optional().describe('What tables call it (default: the host of its url).'),
    'time-limit': text
      .refine((value) => readLimit(value) !== null, 'is not a duration. Write one such as 10m or 30s.')
      .optional()
      .describe('How long one try may take (default: 10m).'),
    tries: z
      .union([z.int().min(1).max(10), z.string().regex(/^(?:[1-9]|10)$/, 'is not a number from 1 to 10.')])
      .optional()
      .describe('How often publishing is tried (default: 3).'),
  })
  .refine(
    (entry) => TARGET_KINDS.filter((kind) => entry[kind] !== undefined).length === 1,
    'says not in one way where to publish to. Write one of rclone, git, rsync, folder and command.',
  )
  .describe('A place that `npm run deploy` publishes to.');
const flag = z.union([z.string().refine(isTruth, 'is neither "true" nor "false".'), z.boolean()]);
const isShare = (text: string): boolean => /^(?:0|1|0?\.\d+|[01]\.0+)$/.test(text);
const weight = z
  .union([z.string().refine(isShare, 'is not a number from 0 to 1, such as 0.5.'), z.number().min(0).max(1)])
  .optional();
const uptime = z
  .strictObject({
    show: flag.optional().describe('Whether the pages of components say their uptime (default: true).'),
    weights: z
      .strictObject({
        'under maintenance': weight.describe('Default: 1.'),
        'degraded performance': weight.describe('Default: 1.'),
        'partial outage': weight.describe('Default: 0.5.'),
        'major outage': weight.describe('Default: 0.'),
      })
      .optional()
      .describe('What part of the time in each state counts as up: 1 all of it, 0 nothing.'),
    since: z
      .string()
      .optional()
      .describe('Since when every incident is published here, where that is before the first one.'),
  })
  .describe('How the uptime of components is computed, and whether it is shown.');
const host = z
  .string()
  .refine(isHost, 'is not a host name. Write one such as www.example.org, without * and without a path.');

/** `status.config.yml`: the contract of each field stands in its description, from which the JSON Schema is made. */
export const configSchema = z.strictObject({
  name: text.describe('Who speaks on this page: the name of the company or service.'),
  url: webAddress.describe(
    'Where readers find the page, without a path behind it being required: absolute, for feeds and link previews.',
  ),
  timezone: z
    .string()
    .refine(isZone, 'is not a time zone. Write an IANA name such as Europe/Berlin.')
    .default('UTC')
    .describe('IANA name of the zone in which times without one are meant and shown.'),
  language: tag
    .default('en')
    .describe('BCP 47 tag of the pages at the root and of incident files that name no other.'),
  languages: z.array(tag).optional().describe('Every language that the page is built in.'),
  components: z
    .array(z.union([group, component]))
    .default([])
    .describe('Components and groups of them, in the order of the page.'),
  authors: z
    .record(text, text)
    .default({})
    .describe('Names by signature: ^tb in the heading of an update signs it as tb.'),
  contacts: z.array(labelled).default([]).describe('Ways to reach a human, shown with every open incident.'),
  links: z.array(labelled).default([]).describe("Links on every page's foot: imprint, privacy."),
  mirrors: z.array(webAddress).default([]).describe('Addresses of copies of this page.'),
  logo: text
    .refine(
      isPublicPath,
      'is not a file of this site. Put the picture into public/ and write its path below it.',
    )
    .optional()
    .describe('Path of a picture in public/.'),
  source: webAddress.optional().describe("The repository's address, for links to the history of a file."),
  address: z.enum(['du', 'Sie']).default('Sie').describe('How German pages address readers.'),
  clock: z.string().optional().describe('A timestamp at which a demonstration stands still; pages say so.'),
  targets: z.array(target).default([]).describe('Where `npm run deploy` publishes the built page to.'),
  uptime: uptime.default({}),
  dependencies: z
    .record(text, z.union([z.array(host), host]))
    .default({})
    .describe(
      'Hosts that are down when you are down (main site, name servers, mail, API): `npm run doctor` looks whether the page would go down with them.',
    ),
  resolver: z
    .array(z.string().refine(isResolver, 'is not the address of a DNS server. Write one such as 9.9.9.9.'))
    .default([])
    .describe("DNS servers that `npm run doctor` asks (default: the machine's)."),
  cname: flag
    .optional()
    .describe(
      "Whether the build makes a file CNAME with the host of the site's url, as GitHub Pages wants it.",
    ),
  'search-engines': flag
    .optional()
    .describe('true: robots.txt and sitemap.xml invite search engines; false: robots.txt keeps them away.'),
});

/** The host name or IP address that a text names, alone or in an address; null: none. In lower case, IDNs in ASCII. */
export function hostOf(text: string): string | null {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : `https://${/^[\da-f]*:[\da-f:.]+$/i.test(text) ? `[${text}]` : text}`;
  if (/[*\s]/.test(text) || !URL.canParse(address)) return null;
  const { hostname, username, pathname } = new URL(address);
  if (address !== text && (username !== '' || pathname !== '/')) return null;
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return name === '' ? null : name;
}

/** What the schema makes of a config. */
export type Config = z.output<typeof configSchema>;

/** JSON Schema of `status.config.yml`, for editors. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: 'input' });
}

const LOCAL_TEXT: Shape = { text: true, names: TEXT };
const COMPONENT: Shape = {
  keys: {
    id: WORD,
    name: LOCAL_TEXT,
    description: LOCAL_TEXT,
    hosts: { item: WORD },
    components: {
      item: { keys: { id: WORD, name: LOCAL_TEXT, description: LOCAL_TEXT, hosts: { item: WORD } } },
    },
  },
};
const LABELLED: Shape = { keys: { label: LOCAL_TEXT, url: WORD } };

/** The same, for the repair rules. */
export const CONFIG_SHAPE: Shape = {
  keys: {
    name: TEXT,
    url: WORD,
    timezone: WORD,
    language: WORD,
    languages: { item: WORD },
    components: { item: COMPONENT },
    authors: { names: TEXT },
    contacts: { item: LABELLED },
    links: { item: LABELLED },
    mirrors: { item: WORD },
    logo: WORD,
    source: WORD,
    address: WORD,
    clock: WORD,
    targets: {
      item: {
        keys: {
          rclone: TEXT,
          git: TEXT,
          rsync: TEXT,
          folder: TEXT,
          command: TEXT,
          branch: WORD,
          url: WORD,
          name: TEXT,
          'time-limit': TEXT,
          tries: WORD,
        },
      },
    },
    uptime: {
      keys: {
        show: WORD,
        weights: {
          keys: {
            'under maintenance': WORD,
            'degraded performance': WORD,
            'partial outage': WORD,
            'major outage': WORD,
          },
        },
        since: WORD,
      },
    },
    dependencies: { names: { names: {}, item: WORD } },
    resolver: { item: WORD },
    cname: WORD,
    'search-engines': WORD,
  },
};
