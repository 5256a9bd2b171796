import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of the system, and the Debian package that brings it. */
export type Tool = 'nginx' | 'rclone' | 'rsync' | 'git' | 'wrk' | 'apache2' | 'caddy' | 'sshd';

const PACKAGES: Record<Tool, string> = {
  nginx: 'nginx-light',
  rclone: 'rclone',
  rsync: 'rsync',
  git: 'git',
  wrk: 'wrk',
  apache2: 'apache2-bin',
  caddy: 'caddy',
  sshd: 'openssh-server',
};

/** Where a tool lies; null where it is not installed. Servers lie in `sbin`, which is not on everybody's PATH. */
export function findTool(tool: Tool): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  for (const folder of folders.filter((one) => one !== '')) {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return join(folder, tool);
    } catch {
      // Not there.
    }
  }
  return null;
}

/** Where a tool lies that is known to be installed; throws otherwise. */
export function toolPath(tool: Tool): string {
  const found = findTool(tool);
  if (found === null) throw new Error(`${tool} is missing: ${installing([tool])}`);
  return found;
}

/** The command that installs tools on Debian. */
export function installing(tools: Tool[]): string {
  return `apt-get install ${[...new Set(tools.map((tool) => PACKAGES[tool]))].join(' ')}`;
}
