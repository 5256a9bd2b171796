import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownName } from '../../../src/build/own-folder.ts';
import { takeTurn } from '../../../src/build/turn.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dran-turn-'));
});
afterEach(() => rm(folder, { recursive: true }));

const place = () => join(folder, 'turn');

it('one after another comes to its turn', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    const done = await takeTurn(place(), 60_000);
    inside += 1;
    most = Math.max(most, inside);
    await new Promise(setImmediate);
    inside -= 1;
    await done();
  };
  await Promise.all(Array.from({ length: 8 }, work));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

it('the turn of a process that is gone is over', async () => {
  const gone = ownName('owner-').replace(`-${process.pid}-`, '-4194304-');
  await mkdir(join(place(), gone), { recursive: true });
  const done = await takeTurn(place(), 60_000);
  await done();
  expect(await readdir(folder)).toEqual([]);
});

it('nobody waits for ever, and the turn of the other stays its own', async () => {
  const first = await takeTurn(place(), 60_000);
  const second = await takeTurn(place(), 0);
  await second();
  expect(await readdir(folder)).toEqual(['turn']);
  await first();
  expect(await readdir(folder)).toEqual([]);
});
