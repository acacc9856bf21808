import { readFileSync, writeFileSync } from 'node:fs';
import { encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { allCells, formatCell } from '@nads/train/cells';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const convolutions = (cell: string): number => cell.split('nor_conv').length - 1;
const table = folder.path('table.csv');
writeFileSync(
  table,
  `cell,accuracy\n${allCells()
    .map(formatCell)
    .map(cell => `${cell},${10 * convolutions(cell)}\n`)
    .join('')}`,
);

const images = new Float32Array(8 * 3 * 64);
new Random('images').fillNormal(images, 0, 1);
const data = folder.path('data.npz');
const labels = Int32Array.from([0, 1, 0, 1, 0, 1, 0, 1]);
writeFileSync(
  data,
  encodeNpz({
    images: { dtype: 'float32', shape: [8, 3, 8, 8], data: images },
    labels: { dtype: 'int32', shape: [8], data: labels },
  }),
);

const lookedUp = ['--accuracies', table, '--column', 'accuracy'];
const linesOf = (out: string): string[] =>
  readFileSync(`${out}/search.csv`, 'utf8').trimEnd().split('\n');

test('evolution looks accuracies up, and writes cells and pictures', async () => {
  const out = folder.path('rea');
  const { stdout } = await done(
    'search',
    '--method',
    'rea',
    ...lookedUp,
    '--budget',
    '30',
    '-o',
    out,
  );
  const [head, ...lines] = linesOf(out);
  expect([head, lines.length]).toEqual(['cell,accuracy,parent', 30]);
  const best = Math.max(...lines.map(line => Number(line.split(',')[1])));
  expect(stdout).toContain(`accuracy ${best.toFixed(2)} %, written to ${out}`);
  expect(readFileSync(`${out}/best-cell.svg`, 'utf8')).toContain(`Best cell, ${best.toFixed(2)} %`);
  expect(readFileSync(`${out}/search.svg`, 'utf8')).toContain(
    'Regularised evolution over 30 cells',
  );
});

test('a search goes on from its journal to the same cells', async () => {
  const [whole, cut] = [folder.path('whole'), folder.path('cut')];
  const args = ['--method', 'rea', ...lookedUp, '--budget', '20', '--seed', '7'];
  await done('search', ...args, '-o', whole);
  await done('search', ...args, '-o', cut);
  const journal = readFileSync(`${cut}/journal.jsonl`, 'utf8').split('\n').slice(0, 9).join('\n');
  // as an interrupted run leaves it
  writeFileSync(`${cut}/journal.jsonl`, `${journal}\n{"what`);
  const record = readFileSync(`${cut}/run.json`, 'utf8');
  writeFileSync(`${cut}/run.json`, record.replace('"finished": true', '"finished": false'));
  await done('search', ...args, '-o', cut);
  expect(readFileSync(`${cut}/journal.jsonl`, 'utf8').startsWith(journal)).toBe(true);
  expect(linesOf(cut)).toEqual(linesOf(whole));
});

test('area scores cells before any is trained; without a table the first ones are trained', async () => {
  const out = folder.path('area');
  const small = [
    '--population',
    '1',
    '--tournament',
    '1',
    '--budget',
    '2',
    '--epochs',
    '1',
    '--batch',
    '8',
  ];
  const args = ['--data', data, '--test-data', data, '--range', 'stored', '--score', 'parameters'];
  const { stdout } = await done('search', ...args, ...small, '--score-batch', '8', '-o', out);
  expect(stdout).toMatch(/^2 cell\(s\), best \|.*: test accuracy after 1 epoch\(s\) \d+\.\d\d %/);
  const journal = readFileSync(`${out}/journal.jsonl`, 'utf8');
  expect(journal.match(/"what":"score"/g)).toHaveLength(2);
  expect(journal.match(/"what":"accuracy"/g)).toHaveLength(2);
});

test.each([
  [['--method', 'area', ...lookedUp], /area begins with the cells of the highest score/],
  [['--method', 'rea', '--accuracies', table], /--column/],
  [['--method', 'rea', '--accuracies', table, '--column', 'x'], /has no column 'x'/],
  [['--method', 'rea'], /--data: cells are trained on images, or looked up in --accuracies/],
  [['--score', 'naswot', ...lookedUp], /--data: cells are scored on images/],
  [['--score', 'magic', ...lookedUp], /unknown 'magic'; expected one of naswot/],
])('%j is one line and exit code 2', async (args, expected) => {
  expect(await complaint('search', ...args, '-o', folder.path('bad'))).toMatch(expected);
});
