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
  const gone = ownName('owner-', 4194304);
  await mkdir(join(place(), gone), { recursive: true });
  const done = await takeTurn(place(), 60_000);
  await done();
  expect(await readdir(folder)).toEqual([]);
});

it.each([
  ['of a process whose number this one has now', process.pid],
  ['of a process whose number another one has now', process.ppid],
])('the turn %s is over', async (_, pid) => {
  const [host, , , , random] = ownName('').split('-');
  await mkdir(join(place(), `owner-${host}-${pid}-11111111-22222222-${random}`), { recursive: true });
  const done = await takeTurn(place(), 60_000);
  expect(await readdir(place())).toEqual([expect.stringContaining(ownName('owner-').slice(0, -8))]);
  await done();
});

it('the turn of another process that runs is not', async () => {
  const other = ownName('owner-', process.ppid);
  await mkdir(join(place(), other), { recursive: true });
  const done = await takeTurn(place(), 0);
  await done();
  expect(await readdir(place())).toEqual([other]);
});

it('ending a turn never fails, and a second time ends nobody else', async () => {
  const first = await takeTurn(place(), 60_000);
  await first();
  const second = await takeTurn(place(), 60_000);
  await first();
  expect(await readdir(folder)).toEqual(['turn']);
  await rm(place(), { recursive: true });
  await second();
});

it('nobody waits for ever, and the turn of the other stays its own', async () => {
  const first = await takeTurn(place(), 60_000);
  const second = await takeTurn(place(), 0);
  await second();
  expect(await readdir(folder)).toEqual(['turn']);
  await first();
  expect(await readdir(folder)).toEqual([]);
});
