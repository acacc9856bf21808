import { readdirSync, readFileSync } from 'node:fs';
import { jsonSchemas } from '../src/schemas.js';

const folder = new URL('../schemas/', import.meta.url);

test.each(Object.entries(jsonSchemas()))(
  'the JSON Schema of %s is what the code has (npm run schemas -w @nads/study)',
  (format, schema) => {
    const file = readFileSync(new URL(`${format}.schema.json`, folder), 'utf8');
    expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(schema)));
  },
);

test('there is no other', () => {
  const files = Object.keys(jsonSchemas()).map(format => `${format}.schema.json`);
  expect(readdirSync(folder).toSorted()).toEqual(files.toSorted());
});
