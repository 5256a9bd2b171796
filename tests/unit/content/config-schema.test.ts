import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema, configSchema } from '../../../src/content/config-schema.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('the schema of the config', () => {
  it('that editors use says what the reader says (npm run schema writes it)', () => {
    const written = JSON.parse(readFileSync(join(ROOT, 'status.config.schema.json'), 'utf8'));
    expect(written).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
  });

  it('takes the config of the demonstration', () => {
    const config = parse(readFileSync(join(ROOT, 'status.config.yml'), 'utf8'));
    expect(configSchema.safeParse(config).error).toBeUndefined();
  });
});
