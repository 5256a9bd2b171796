/** The folders that a path with `/` lies in, the innermost first: of `a/b/c` these are `a/b` and `a`. */
export function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'));
}
