/**
 * The host in an address as git and rsync take it: `git@github.com:x/y.git`, `https://github.com/x/y`,
 * `web@two.example:/srv`, `rsync://two.example/status`. None for a path of this machine.
 */
export function remoteHost(address: string): string[] {
  const host =
    /^[a-z][a-z+]*:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:]+)/i.exec(address)?.[1] ??
    /^(?:[^@/\s]+@)?(\[[^\]]+\]|[^/:@\s]+):(?!\/\/)/.exec(address)?.[1];
  return host === undefined ? [] : [host.replace(/^\[|\]$/g, '').toLowerCase()];
}
