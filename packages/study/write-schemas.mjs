import { mkdirSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { jsonSchemas } from './dist/schemas.js';

/** Writes schemas/FORMAT.schema.json as the code has them: `npm run schemas -w @nads/study`, after a build. */
const folder = new URL('schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas()))
  writeFileSync(
    new URL(`${name}.schema.json`, folder),
    await format(JSON.stringify(schema), { parser: 'json', printWidth: 100 }),
  );
