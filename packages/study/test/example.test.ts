import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const file = 'examples/nads-of-a-model.mjs';

test("the README's script of at most 20 lines gets the NADs of a model", async () => {
  const code = readFileSync(`${root}/${file}`, 'utf8');
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  expect(readFileSync(`${root}/README.md`, 'utf8')).toContain(code.trimEnd());
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: root });
  expect(stdout).toMatch(
    /^10 networks, 1024 directions\nhalf-split overlap of the first ten: 0\.9\d\d\n$/,
  );
});
