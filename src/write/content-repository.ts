import { yamlWord } from './yaml-text.ts';

/** What the files of a content repository must know: a repository that holds a site alone, and names a Dran to build it. */
export interface ContentRepository {
  /** Who speaks on the page. */
  name: string;
  /** Where Dran is cloned from. */
  dran: string;
  /** The release of Dran that builds it: a tag, or a branch. */
  tag: string;
  /** Ids of components, for an example; empty: the config has none. */
  components: string[];
  /** Where reports can be made with a form. */
  hasForm: boolean;
  /** The address that opens the web editor with a new file; null where none is known. */
  editor: string | null;
}

/** Commands that a content repository hands on to its Dran, with what is set there for good. */
const COMMANDS: Record<string, string> = {
  build: ' --outDir "$PWD/dist"',
  check: '',
  deploy: ' --dir "$PWD/dist"',
  dev: '',
  doctor: ' --dir "$PWD/dist"',
  due: '',
  'from-issue': '',
  new: '',
  post: '',
  preview: ' --outDir "$PWD/dist"',
};

const PLACE = '".dran/$npm_package_config_tag"';

/**
 * The files, by path, that make a folder with a site a content repository; CI files are not among them. The commands
 * are the same as in a copy of Dran. Dran lies in `.dran/TAG`, installed whole or not at all: to upgrade is to change
 * the tag, and to go back to a tag that was there needs no network.
 */
export function contentFiles(repository: ContentRepository): Record<string, string> {
  const setup = [
    'rm -rf .dran/new',
    'git -c advice.detachedHead=false clone --quiet --depth 1 --branch "$npm_package_config_tag" -- "$npm_package_config_dran" .dran/new',
    'npm --prefix .dran/new run -s setup',
    `mkdir -p "$(dirname ${PLACE})"`,
    `mv .dran/new ${PLACE}`,
  ].join(' && ');
  const handedOn = Object.entries(COMMANDS).map(([command, settled]) => [
    command,
    `(test -d ${PLACE} || npm run -s setup) && STATUS_SITE="$PWD" npm --prefix ${PLACE} run -s ${command} --${settled}`,
  ]);
  const manifest = {
    private: true,
    description: 'A status page. README.md says how it is used.',
    config: { dran: repository.dran, tag: repository.tag },
    scripts: { setup: `test -d ${PLACE} || (${setup})`, ...Object.fromEntries(handedOn) },
  };
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    '.gitignore': '.dran/\ndist/\n',
    'README.md': readme(repository),
    // Git keeps no empty folder; it is not published.
    'public/.gitkeep': '',
  };
}

function readme({ name, components, hasForm, editor, tag }: ContentRepository): string {
  const opened =
    editor === null
      ? 'In the web editor, make a new file in `incidents/`'
      : `[Open a new file in the web editor](${editor})`;
  const form = hasForm
    ? `
**With a form:** Issues, New issue, "Incident". For people who may write to this repository; the page follows in a few minutes.
`
    : '';
  return `# Status page of ${name.replace(/\s+/g, ' ').trim()}

One Markdown file per incident in \`incidents/\`, the page's settings in \`status.config.yml\`, pictures and other files in \`public/\`. What is pushed to the main branch is published. It is built by Dran, which \`package.json\` names.

## Report an outage

**From a phone or a browser:** ${opened}, named after day and trouble, such as \`incidents/2026-11-21-power-dresden.md\`, and commit it to the main branch:

\`\`\`markdown
---
title: "Data centre Dresden: power failure"
status: investigating
impact: critical${
    components.length === 0
      ? ''
      : `
components: [${components.map(yamlWord).join(', ')}]`
  }
next-update: 30m
---

## 2026-11-21 18:05 investigating

All services in Dresden are affected. Your own server is not at fault. We're on it.
\`\`\`

Impact is \`none\`, \`minor\`, \`major\` or \`critical\`; components are those of \`status.config.yml\`. An update is another heading with its time, above the others; \`status\` above takes its word. At the end: \`status: resolved\`, and a last update. Texts to begin with lie in \`incidents/_templates/\`.
${form}
**From the shell** (Linux or macOS, with git and Node 20 or newer; the first time fetches Dran):

\`\`\`sh
npm run new -- --push     # asks what fails, how bad it is, which services
npm run post -- --push    # an update to what is open
npm run check             # what is wrong in config and incidents, and what to write instead
\`\`\`

## When the repository's host is down

Everything that is needed is in a clone on which \`npm run setup\` has run once:

\`\`\`sh
npm run new && npm run build && npm run deploy
\`\`\`

That publishes to the \`targets\` of \`status.config.yml\` from where you sit. Push when the host is back: until then nothing that runs by the clock replaces what you published.

## Upgrade

Change \`tag\` (now \`${tag}\`) in \`package.json\`, look at the page (\`npm run build && npm run preview\`), push. To go back, change it back.
`;
}
