import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { complaint, done, start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const small = ['--size', '8', '--train', '256', '--test', '256', '--epochs', '4', '--batch', '32'];
const many = ['sweep', 'logreg', '--basis', 'fourier:4', ...small, '--sigma', '0.5', '--quiet'];
const table = (name: string) => readFileSync(folder.path(name, 'results.csv'), 'utf8');

test('logistic regression learns every direction; the table has a line for each network', async () => {
  const args = ['--indices', '2:2,0:1', '--seeds', '0,1', '--epsilon', '2'];
  await done(...many, ...args, '--out', folder.path('a'));
  const [head, ...lines] = table('a').trimEnd().split('\n');
  expect(head).toMatch(
    /^architecture,basis,index,x,y,seed,sigma,epsilon,train_accuracy,test_accuracy/,
  );
  expect(lines.map(line => line.split(',').slice(0, 8).join())).toEqual([
    'logreg,fourier:4,4,0,1,0,0.5,2',
    'logreg,fourier:4,4,0,1,1,0.5,2',
    'logreg,fourier:4,10,2,2,0,0.5,2',
    'logreg,fourier:4,10,2,2,1,0.5,2',
  ]);
  for (const line of lines) expect(Number(line.split(',')[9])).toBeGreaterThan(95);
  expect(existsSync(folder.path('a', 'accuracy.png'))).toBe(true);
});

test('what was killed goes on, repeats nothing and ends with the same table', async () => {
  const wanted = ['--indices', '0:0-3:1,0:2-1:2', '--workers', '1'];
  await done(...many, ...wanted, '--out', folder.path('whole'));
  const out = ['--out', folder.path('parts')];
  const run = start([...many, ...wanted, ...out]);
  const journal = folder.path('parts', 'journal.jsonl');
  const lines = (): string[] => readFileSync(journal, 'utf8').split('\n');
  while (!existsSync(journal) || lines().length < 4)
    await new Promise(resolve => setTimeout(resolve, 5));
  run.kill('SIGKILL');
  await run.outcome;
  const before = lines().filter(line => line.endsWith('}'));
  appendFileSync(journal, '{"index":99,"se'); // a line that was cut off
  await done(...many, ...wanted, ...out);
  expect(lines().slice(0, before.length)).toEqual(before);
  expect(lines().filter(Boolean)).toHaveLength(11);
  expect(table('parts')).toBe(table('whole'));
});

test('Ctrl-C keeps what was done and says how to go on', async () => {
  const args = ['sweep', 'lenet', '--basis', 'dct:32', '--train', '512', '--epochs', '1'];
  const out = folder.path('stopped');
  const run = start([...args, '--workers', '1', '--out', out]);
  await run.said('1024 network(s) to train');
  run.kill('SIGINT');
  const { code, stderr } = await run.outcome;
  expect(code).toBe(130);
  expect(stderr).toMatch(
    /interrupted; \d+ of 1024 network\(s\) are in .*; run the same command to continue/,
  );
});

test('a dry run says how long it would take, and writes nothing', async () => {
  const { stdout } = await done(...many, '--dry-run', '--out', folder.path('dry'));
  expect(stdout).toMatch(
    /^16 network\(s\) of 32 steps, .* ms per step on one thread: about .* s with/,
  );
  expect(existsSync(folder.path('dry'))).toBe(false);
});

test.each([
  [['--sigma', '0'], /--sigma/],
  [['--epsilon', '-1'], /--epsilon/],
  [['--indices', '16'], /^--indices: 16 is out of range for fourier:4, 0 to 15/],
  [['--indices', '4:0'], /^--indices: 4:0 is not on the grid of fourier:4/],
  [['--indices', '0,2:2'], /^--indices: '0,2:2' mixes numbers of fourier:4 with places/],
  [['--basis', 'wavelet:3'], /^--basis: unknown basis 'wavelet:3'/],
  [['--size', '9'], /^--basis: a Fourier grid of 4×4 does not fit images of 9×9/],
])('%j is one line', async (args, message) => {
  expect(await complaint(...many, ...args, '--out', folder.path('never'))).toMatch(message);
});

test('another sweep in the same folder is refused, naming what differs', async () => {
  const said = await complaint(...many, '--rate', '0.1', '--out', folder.path('whole'));
  expect(said).toMatch(
    /journal.jsonl belongs to another rate \(0.5, now 0.1\); give the same settings, another --out, or --force to begin again/,
  );
});

test('an architecture that is not there is named with those that are', async () => {
  const args = ['sweep', 'alexnet', '--basis', 'dct:2', '--out', folder.path('never')];
  expect(await complaint(...args)).toMatch(
    /^unknown architecture 'alexnet'; expected one of logreg, lenet/,
  );
});
