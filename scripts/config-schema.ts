import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { configJsonSchema } from '../src/content/config-schema.ts';

// Writes the JSON Schema of status.config.yml, for editors: `npm run schema`. A test tells when it is out of date.

const file = resolve(import.meta.dirname, '../status.config.schema.json');
await writeFile(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
