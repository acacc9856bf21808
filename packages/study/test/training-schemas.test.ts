import { checkpointSchema, journalSchema } from '../src/index.js';
import { expectSchema } from './schema-file.js';

test.each([
  ['checkpoint', checkpointSchema],
  ['sweep-journal', journalSchema],
] as const)('schemas/%s.schema.json is up to date', (name, schema) => {
  expectSchema(name, schema);
});
