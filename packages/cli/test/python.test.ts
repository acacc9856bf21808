import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { temporaryFolder } from '@nads/testing';
import { start } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const page = readFileSync(new URL('../../../docs/python.md', import.meta.url), 'utf8');
const [, code] = /```python\n([^]*?)```/.exec(page)!;
const [, printed] = /```text\n([^]*?)```/.exec(page)!;
const [, command] = /^ {4}nads (.*)$/m.exec(page)!;

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
const whereNumpyIs = hasNumpy ? test : test.skip;

whereNumpyIs('the page on Python reads what the command above it writes', async () => {
  const here = folder.path();
  const { code: ended } = await start([...command.split(' '), '-q'], {}, here).outcome;
  expect(ended).toBe(0);
  const { stdout, stderr } = spawnSync('python3', ['-c', code], { cwd: here, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe(printed);
});
