import { describe, expect, it } from 'vitest';
import { undrawnTexts } from '../../../src/build/undrawn-texts.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { at, incident, site, update } from '../domain/sample.ts';

const now = at('2026-11-21T18:00:00Z');

function notes(title: string, time = '2026-11-21T17:00:00Z') {
  return undrawnTexts(site, deriveStatus(site, [incident([update(time, 'resolved')], { title })], now));
}

describe('texts that cards cannot draw', () => {
  it('are named with the package to install', () => {
    const [note] = notes('サーバー障害');
    expect(note).toContain('Japanese');
    expect(note).toContain('npm install @fontsource/noto-sans-jp');
  });

  it('are none in the scripts whose fonts are there', () => {
    expect(notes('Störung, авария, βλάβη, عطل, תקלה 🔥')).toEqual([]);
  });

  it('do not matter where an incident has no card any more', () => {
    expect(notes('サーバー障害', '2024-01-01T00:00:00Z')).toEqual([]);
  });
});
