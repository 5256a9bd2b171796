import { type HostKind, hostedRepository } from './repository-host.ts';

/** A file that somebody is to make in the web editor. */
export interface NewFile {
  branch: string;
  /** Below the repository, with `/`. */
  path: string;
  text: string;
}

/** An address of the web editor, and what is filled in there. */
export interface NewFileLink {
  url: string;
  /** `whole`: name and text; `name`: the text is to be pasted; `nothing`: the repository alone, file and text are to be made. */
  filled: 'whole' | 'name' | 'nothing';
  /** The text was left out because the address would be longer than servers take. */
  tooLong: boolean;
}

/** What web servers take for a line of a request, if nobody has set them otherwise: 8 KiB, the method included. */
const LONGEST = 8_000;

interface Editor {
  withName: (file: NewFile) => string;
  /** Where the host takes a text from the address. */
  text?: (text: string) => string;
}

const query = encodeURIComponent;
const path = (text: string) => text.split('/').map(encodeURIComponent).join('/');

/** By kind of host. GitLab took a text from the address once, and does no more; the others have no such address. */
const EDITORS: Partial<Record<HostKind, Editor>> = {
  github: {
    withName: (file) => `new/${path(file.branch)}?filename=${query(file.path)}`,
    text: (text) => `&value=${query(text)}`,
  },
  gitlab: {
    withName: (file) => `-/new/${path(file.branch)}?file_name=${query(file.path)}`,
  },
  forgejo: {
    withName: (file) => {
      const slash = file.path.lastIndexOf('/');
      const folder = slash < 0 ? '' : `/${path(file.path.slice(0, slash))}`;
      return `_new/${path(file.branch)}${folder}?filename=${query(file.path.slice(slash + 1))}`;
    },
    text: (text) => `&value=${query(text)}`,
  },
};

/** The address that opens the host's web editor with a new file in it. `source`: the repository's address. */
export function newFileUrl(source: string, file: NewFile): NewFileLink {
  const repository = hostedRepository(source);
  const editor = repository === null ? undefined : EDITORS[repository.kind];
  if (repository === null || editor === undefined) {
    return { url: repository?.address ?? source, filled: 'nothing', tooLong: false };
  }
  const named = `${repository.address}/${editor.withName(file)}`;
  const whole = editor.text === undefined ? null : named + editor.text(file.text);
  if (whole === null) return { url: named, filled: 'name', tooLong: false };
  return whole.length > LONGEST
    ? { url: named, filled: 'name', tooLong: true }
    : { url: whole, filled: 'whole', tooLong: false };
}
