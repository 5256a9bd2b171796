import { inflateSync } from 'node:zlib';

const WOFF = 0x774f4646;

/** Font bytes as OpenType: a WOFF 1 file is unwrapped (W3C WOFF File Format 1.0, §3 to §5), others are given back. */
export function sfntOf(data: Buffer): Buffer {
  if (data.length < 44 || data.readUInt32BE(0) !== WOFF) return data;
  const count = data.readUInt16BE(12);
  const sfnt = Buffer.alloc(data.readUInt32BE(16));
  const log = Math.floor(Math.log2(count));
  sfnt.writeUInt32BE(data.readUInt32BE(4), 0);
  sfnt.writeUInt16BE(count, 4);
  sfnt.writeUInt16BE(16 * 2 ** log, 6);
  sfnt.writeUInt16BE(log, 8);
  sfnt.writeUInt16BE(16 * (count - 2 ** log), 10);
  let end = 12 + 16 * count;
  for (let table = 0; table < count; table++) {
    const entry = 44 + 20 * table;
    const record = 12 + 16 * table;
    const [offset, packed, length] = [4, 8, 12].map((at) => data.readUInt32BE(entry + at)) as [
      number,
      number,
      number,
    ];
    const stored = data.subarray(offset, offset + packed);
    data.copy(sfnt, record, entry, entry + 4);
    data.copy(sfnt, record + 4, entry + 16, entry + 20);
    sfnt.writeUInt32BE(end, record + 8);
    sfnt.writeUInt32BE(length, record + 12);
    (packed < length ? inflateSync(stored) : stored).copy(sfnt, end);
    end += (length + 3) & ~3;
  }
  return sfnt;
}
