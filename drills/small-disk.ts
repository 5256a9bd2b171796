import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes.ts';

/** Makes `folder` a disk of its own, in memory; false where the kernel forbids it. It goes with the drills' namespace. */
export async function mountDisk(folder: string, megabytes: number): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  const command = ['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'dran-drill', folder];
  return (await run(command, { env: { PATH: process.env.PATH ?? '' } })).code === 0;
}

/** Leaves `room` bytes on the disk that `folder` is; what was done so before is undone. The rest is a file `ballast`. */
export async function leaveRoom(folder: string, room: number): Promise<void> {
  const ballast = join(folder, 'ballast');
  await rm(ballast, { force: true });
  const { bavail, bsize } = await statfs(folder);
  const size = Math.max(0, bavail * bsize - room);
  if (size > 0) await writeFile(ballast, Buffer.alloc(size));
}
