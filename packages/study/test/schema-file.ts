import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';

/**
 * Asserts that schemas/NAME.schema.json is the JSON Schema of what is read; UPDATE_SCHEMAS=1 writes it:
 * `UPDATE_SCHEMAS=1 npm test -w @nads/study -- schema`.
 */
export function expectSchema(name: string, schema: z.ZodMiniType): void {
  const file = fileURLToPath(new URL(`../schemas/${name}.schema.json`, import.meta.url));
  const wanted = z.toJSONSchema(schema);
  if (process.env.UPDATE_SCHEMAS) writeFileSync(file, `${JSON.stringify(wanted, null, 2)}\n`);
  expect(existsSync(file)).toBe(true);
  // compared as values: how a file is laid out is the formatter's business
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(wanted)));
}
