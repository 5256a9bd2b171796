import { describe, expect, it } from 'vitest';
import { incidentPath, urlOf } from '../../../src/domain/address.ts';
import { site } from '../components/given.ts';

describe('addresses', () => {
  it('give the start page the shortest address', () => {
    expect(urlOf(site, 'en', 'index.html')).toBe('https://status.nordhost.example/');
    expect(urlOf(site, 'de', 'index.html')).toBe('https://status.nordhost.example/de/index.html');
  });

  it('escape letters that addresses do not have', () => {
    expect(incidentPath('störung')).toBe('incidents/st%C3%B6rung.html');
  });
});
