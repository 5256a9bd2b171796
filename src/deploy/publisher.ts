import { resolve } from 'node:path';
import type { Target } from '../domain/hosting.ts';
import { commandPublisher } from './command-publisher.ts';
import { folderStore } from './folder-store.ts';
import { gitPublisher } from './git-publisher.ts';
import type { Publisher } from './publish.ts';
import { publishInWaves } from './publish-in-waves.ts';
import { rcloneStore } from './rclone-store.ts';
import { rsyncStore } from './rsync-store.ts';
import type { Tools } from './tools.ts';

/** The way to publish to a target, by its kind. */
export function publisherOf(target: Target, tools: Tools): Publisher {
  switch (target.kind) {
    case 'folder':
      return publishInWaves(folderStore(resolve(tools.cwd, target.to)));
    case 'git':
      return gitPublisher(target, tools);
    case 'command':
      return commandPublisher(target.to, tools);
    case 'rsync':
      return publishInWaves(rsyncStore(target.to, tools));
    case 'rclone':
      return publishInWaves(rcloneStore(target.to, tools));
  }
}
