import { readFileSync, writeFileSync } from 'node:fs';
import { encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const images = new Float32Array(8 * 3 * 64);
new Random('images').fillNormal(images, 0, 1);
const data = folder.path('data.npz');
const labels = Int32Array.from([0, 1, 2, 3, 0, 1, 2, 3]);
writeFileSync(
  data,
  encodeNpz({
    images: { dtype: 'float32', shape: [8, 3, 8, 8], data: images },
    labels: { dtype: 'int32', shape: [8], data: labels },
  }),
);

const convolution = '|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|';
const isomorphic = '|nor_conv_1x1~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|';
const pooling = '|avg_pool_3x3~0|+|none~0|none~1|+|none~0|nor_conv_1x1~1|none~2|';
const nothing = '|none~0|+|none~0|none~1|+|none~0|none~1|none~2|';
const list = folder.path('cells.csv');
writeFileSync(list, `cell\n${[convolution, pooling, isomorphic, nothing].join('\n')}\n`);

const always = ['--data', data, '--range', 'stored', '--batch', '8'];
const scores = ['--scores', 'naswot,parameters,macs'];
const table = (out: string): string[] => readFileSync(out, 'utf8').trimEnd().split('\n');

test('a table has a line for each cell in the order of the list, isomorphic ones the same', async () => {
  const out = folder.path('a', 'scores.csv');
  const { stdout } = await done('score', '--cells', list, ...always, ...scores, '--out', out);
  expect(stdout).toBe(`4 cells, written to ${out}\n`);
  const [head, first, second, third, last] = table(out).map(line => line.split(','));
  expect(head).toEqual(['cell', 'naswot', 'parameters', 'macs']);
  expect([first[0], second[0], third[0]]).toEqual([convolution, pooling, isomorphic]);
  expect(third.slice(1)).toEqual(first.slice(1));
  expect(Number(second[1])).not.toBe(Number(first[1]));
  expect(last.slice(0, 2)).toEqual([nothing, '-inf']);
});

test('a table is continued where it was cut off, and comes out the same for any number of threads', async () => {
  const [whole, cut] = ['whole', 'cut'].map(name => folder.path(name, 'scores.csv'));
  const args = ['--cells', list, ...always, ...scores, '--repeats', '2'];
  await done('score', ...args, '--threads', '1', '--out', whole);
  await done('score', ...args, '--threads', '2', '--out', cut);
  const text = readFileSync(whole, 'utf8');
  expect(table(whole)[0]).toBe(
    'cell,naswot,naswot_standard_error,parameters,parameters_standard_error,macs,macs_standard_error',
  );
  expect(readFileSync(cut, 'utf8')).toBe(text);
  // the second line is half, and the isomorphic cell is missing
  writeFileSync(cut, text.slice(0, text.indexOf(pooling) + 90));
  const { stderr } = await done('score', ...args, '--out', cut);
  expect(stderr).toMatch(/4 cells, 1 of them known; 3 networks to score/);
  expect(readFileSync(cut, 'utf8')).toBe(text);
});

test('other settings do not mix with what is there', async () => {
  const out = folder.path('b', 'scores.csv');
  const args = ['--cells', list, ...always, ...scores, '--out', out];
  await done('score', ...args);
  const before = readFileSync(out, 'utf8');
  expect(await complaint('score', ...args, '--seed', '2')).toMatch(
    /belongs to another seed \(0, now 2\); give the same settings, another --out, or --force to begin again/,
  );
  writeFileSync(`${out}.json`, '');
  expect(await complaint('score', ...args)).toMatch(/scores\.csv\.json: not JSON/);
  expect(readFileSync(out, 'utf8')).toBe(before);
});

test.each([
  [
    'a text that is no cell',
    'cell\n|none~0|\n',
    [],
    /'\|none~0\|' is no cell; expected \|op~0\|\+/,
  ],
  ['no column', 'cells\nx\n', [], /has no column 'cell'/],
  ['models beside cells', 'cell\nx\n', ['model.onnx'], /give either models to score or --cells/],
])('%s is one line and exit code 2', async (_, text, models, expected) => {
  const file = folder.path('bad.csv');
  writeFileSync(file, text);
  const args = [...models, '--cells', file, ...always, '--out', folder.path('c', 'scores.csv')];
  expect(await complaint('score', ...args)).toMatch(expected);
});

test('a native architecture and a cell are scored as models are', async () => {
  const { stdout } = await done('score', 'resnet8', `cell:${pooling}`, ...always, ...scores);
  expect(
    stdout
      .split('\n')[0]
      .trim()
      .split(/\s{2,}/),
  ).toEqual(['resnet8', `cell:${pooling}`]);
  expect(stdout).toMatch(/^parameters +\d+(\.\d+)? k/m);
});
