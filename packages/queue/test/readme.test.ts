import { fileURLToPath } from 'node:url';
import { readmeExample, runExample } from '@nads/testing';

const folder = fileURLToPath(new URL('..', import.meta.url));

test('the example of the README prints what it says, in at most 25 lines', async () => {
  const example = readmeExample(`${folder}/README.md`);
  expect(example.code.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
  expect(await runExample(folder, example)).toBe(example.output);
});
