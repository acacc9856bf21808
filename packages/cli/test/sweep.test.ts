import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { encodeNpy } from '@nads/dataset';
import { expectClose } from '@nads/testing';
import { chosenIndices } from '../src/directions/chosen-indices.js';
import { sweepBasis } from '../src/directions/sweep-directions.js';
import { complaint, done, start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const sizes = { channels: 1, height: 8, width: 8 };

describe('bases', () => {
  test.each(['fourier:4', 'dct:3', 'random:5'])('%s has directions of unit norm', spec => {
    const basis = sweepBasis(spec, sizes, 1);
    for (let i = 0; i < basis.count; i++)
      expectClose([Math.hypot(...basis.direction(i).vector)], [1], { rtol: 1e-12 });
  });

  test('the middle of a Fourier grid is the constant image, opposite places are the same', () => {
    const { direction, side } = sweepBasis('fourier:4', sizes, 1);
    expect(side).toBe(4);
    expectClose(direction(2 * 4 + 2).vector, Array(64).fill(1 / 8));
    expectClose(direction(1 * 4 + 3).vector, direction(3 * 4 + 1).vector, { atol: 1e-12 });
    expect(direction(11).place).toEqual([3, 2]);
  });

  test('all channels share a direction', () => {
    const { vector } = sweepBasis('dct:2', { ...sizes, channels: 3 }, 1).direction(0);
    expectClose(vector, Array(192).fill(1 / Math.sqrt(192)));
  });

  test('rows of a file are divided by their norm, which is said; a zero is refused', () => {
    const file = folder.path('rows.npy');
    const data = new Float32Array(128).fill(1, 0, 64);
    writeFileSync(file, encodeNpy({ dtype: 'float32', shape: [2, 64], data }));
    const basis = sweepBasis(`nads:${file}`, sizes, 1);
    expectClose(basis.direction(0).vector, Array(64).fill(1 / 8));
    expect(basis.note).toMatch(/row 0 has norm 8.000; directions are divided by their norm/);
    expect(() => basis.direction(1)).toThrow(/row 1 has norm 0; a direction cannot be zero/);
    expect(() => sweepBasis(`nads:${file}`, { ...sizes, channels: 2 }, 1)).toThrow(
      /directions of 64 numbers, images of 2×8×8 have 128/,
    );
  });

  test('indices are numbers, ranges, and places of a grid', () => {
    const grid = sweepBasis('fourier:4', sizes, 1);
    expect(chosenIndices('0,3-5,4-12:4,2:3', grid)).toEqual([0, 3, 4, 5, 8, 12, 14]);
    expect(chosenIndices(undefined, grid)).toHaveLength(16);
    expect(() => chosenIndices('16', grid)).toThrow(
      /16 is not in the basis; indices go from 0 to 15/,
    );
    expect(() => chosenIndices('2:4', grid)).toThrow(/2:4 is not on the grid/);
    expect(() => chosenIndices('a', grid)).toThrow(/'a' is no index/);
    expect(() => chosenIndices('0:1', sweepBasis('random:2', sizes, 1))).toThrow(/has none/);
  });
});

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
  const wanted = ['--indices', '0-9', '--workers', '1'];
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
  expect(stderr).toMatch(/interrupted; \d+ of 1024 network\(s\) are in .*the same command goes on/);
});

test('a dry run says how long it would take, and writes nothing', async () => {
  const { stdout } = await done(...many, '--dry-run', '--out', folder.path('dry'));
  expect(stdout).toMatch(
    /^16 network\(s\) of 32 steps, .* ms a step on one thread: about .* s with/,
  );
  expect(existsSync(folder.path('dry'))).toBe(false);
});

test.each([
  [['--sigma', '0'], /--sigma/],
  [['--epsilon', '-1'], /--epsilon/],
  [['--indices', '16'], /^--indices: 16 is not in the basis/],
  [['--basis', 'wavelet:3'], /^--basis: 'wavelet:3' is none of/],
  [['--size', '9'], /Fourier grid of 4 does not fit images of 9×9/],
])('%j is one line', async (args, message) => {
  expect(await complaint(...many, ...args, '--out', folder.path('never'))).toMatch(message);
});

test('another sweep in the same folder is refused, naming what differs', async () => {
  const said = await complaint(...many, '--rate', '0.1', '--out', folder.path('whole'));
  expect(said).toMatch(/journal.jsonl: holds a sweep with rate 0.5, not 0.1; choose another --out/);
});

test('an architecture that is not there is named with those that are', async () => {
  const args = ['sweep', 'alexnet', '--basis', 'dct:2', '--out', folder.path('never')];
  expect(await complaint(...args)).toMatch(
    /^there is no architecture 'alexnet'; there are logreg, lenet/,
  );
});
