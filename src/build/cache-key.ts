import { createHash } from 'node:crypto';

/**
 * The key under which a page or picture is kept between builds: SHA-256 (hex) of everything that goes into it.
 * Equal values give equal keys, whatever the order of an object's keys. Takes what JSON can hold, and besides
 * `undefined`, NaN, infinities, bigints, bytes, maps and sets, all told apart. Throws a TypeError on anything
 * else (functions, class instances): a value that can't be seen through would let an outdated page pass as new.
 * Dran's own source, its packages and Node are no part of the key: when they change the whole cache is dropped.
 */
export function cacheKey(parts: unknown): string {
  // In one piece: a hash takes many short texts much more slowly.
  const texts: string[] = [];
  write(parts, (text) => texts.push(text));
  return createHash('sha256').update(texts.join('')).digest('hex');
}

function write(value: unknown, emit: (text: string) => void): void {
  switch (typeof value) {
    case 'string':
      emit(`s${value.length}:${value}`);
      return;
    case 'number':
      emit(Object.is(value, -0) ? 'n-0;' : `n${value};`);
      return;
    case 'bigint':
      emit(`i${value};`);
      return;
    case 'boolean':
    case 'undefined':
      emit(`${value};`);
      return;
    case 'object':
      writeObject(value, emit);
      return;
    default:
      throw new TypeError(`A cache key can't hold a ${typeof value}`);
  }
}

function writeObject(value: object | null, emit: (text: string) => void): void {
  if (value === null) {
    emit('null;');
  } else if (Array.isArray(value)) {
    emit(`a${value.length}[`);
    for (const item of value) write(item, emit);
  } else if (value instanceof Uint8Array) {
    emit(`b${value.length}:${createHash('sha256').update(value).digest('hex')}`);
  } else if (value instanceof Map) {
    emit(`m${value.size}[`);
    for (const [key, item] of value) {
      write(key, emit);
      write(item, emit);
    }
  } else if (value instanceof Set) {
    emit(`t${value.size}[`);
    for (const item of value) write(item, emit);
  } else if (isPlain(value)) {
    const keys = Object.keys(value).sort();
    emit(`o${keys.length}{`);
    for (const key of keys) {
      write(key, emit);
      write((value as Record<string, unknown>)[key], emit);
    }
  } else {
    throw new TypeError(`A cache key can't hold a ${value.constructor?.name ?? 'object of unknown kind'}`);
  }
}

// Objects from Vite's module runner or a JSON import share this realm's prototype; null-prototype ones are records.
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
