import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { writeModel } from '@nads/onnx';
import { network, weights } from './make-model.js';
import { complaint, done, start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const model = folder.path('m.onnx');
const other = folder.path('other.onnx');
beforeAll(() => {
  writeFileSync(model, writeModel(network()));
  const { graph, ...rest } = network();
  const initializers = new Map(graph.initializers).set('bias', weights(2));
  writeFileSync(other, writeModel({ ...rest, irVersion: 7, graph: { ...graph, initializers } }));
});

const estimate = (out: string, ...args: string[]): string[] => [
  'estimate',
  model,
  '--networks',
  '2',
  '--workers',
  '1',
  '--quiet',
  '--out',
  folder.path(out),
  ...args,
];

const bytesIn = (out: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder.path(out)).map(name => [
      name,
      readFileSync(folder.path(out, name)).toString('base64'),
    ]),
  );

test('the same command again does nothing, and says so', async () => {
  await done(...estimate('same'));
  const before = bytesIn('same');
  const { stderr } = await done(...estimate('same', '--workers', '2'));
  expect(stderr).toBe(
    `nads: nothing to do: ${folder.path('same')} holds this result already; --force computes it again\n`,
  );
  expect(bytesIn('same')).toEqual(before);
  await done(...estimate('same', '--force'));
  expect(bytesIn('same')).toEqual(before);
});

test.each([
  [
    ['--seed', '2'],
    /holds a result of another --seed \(0, now 2\); choose another --out, or give --force to/,
  ],
  [
    ['--networks', '3'],
    /another --networks \(2, now 3\); choose another --out, or give --resume to/,
  ],
])('a result is not replaced by one of other settings: %j', async (settings, message) => {
  const out = settings.join('');
  await done(...estimate(out));
  const before = bytesIn(out);
  expect(await complaint(...estimate(out, ...settings))).toMatch(message);
  expect(bytesIn(out)).toEqual(before);
  await done(...estimate(out, ...settings, '--force'));
  await done(...estimate(`${out}-fresh`, ...settings));
  expect(bytesIn(out)).toEqual(bytesIn(`${out}-fresh`));
});

test('a result is not replaced by one of another model', async () => {
  await done(...estimate('model'));
  const args = estimate('model').map(arg => (arg === model ? other : arg));
  expect(await complaint(...args)).toMatch(
    /holds a result of another input, .*m.onnx \(now .*other/,
  );
});

test('a training is not replaced by another', async () => {
  const train = (...args: string[]): string[] => [
    'train',
    'logreg',
    '--direction',
    'fourier:4@1:2',
    '--size',
    '8',
    '--train',
    '64',
    '--test',
    '32',
    '--epochs',
    '1',
    '--quiet',
    '--out',
    folder.path('train'),
    ...args,
  ];
  await done(...train());
  const before = bytesIn('train');
  expect(await complaint(...train('--rate', '0.1'))).toMatch(/a result of another --rate/);
  expect(bytesIn('train')).toEqual(before);
  expect((await done(...train())).stderr).toContain('nothing to do');
  await done(...train('--rate', '0.1', '--force'));
  expect(bytesIn('train')).not.toEqual(before);
});

test('a sweep begins anew with --force', async () => {
  const sweep = (...args: string[]): string[] => [
    'sweep',
    'logreg',
    '--basis',
    'dct',
    '--indices',
    '0',
    '--size',
    '4',
    '--train',
    '64',
    '--test',
    '32',
    '--epochs',
    '1',
    '--quiet',
    '--out',
    folder.path('sweep'),
    ...args,
  ];
  await done(...sweep());
  expect((await done(...sweep())).stderr).toContain('nothing to do');
  expect(await complaint(...sweep('--sigma', '1'))).toMatch(
    /journal.jsonl belongs to another sigma/,
  );
  await done(...sweep('--sigma', '1', '--force'));
  expect(bytesIn('sweep')).not.toHaveProperty('nads.lock');
});

test('two runs at a time do not share a folder', async () => {
  const first = start(['estimate', model, '--networks', '100000', '--out', folder.path('two')]);
  await first.said('memory');
  expect(await complaint(...estimate('two'))).toMatch(
    /two: process \d+ on .* is writing there; wait for it, or choose another --out/,
  );
  first.kill('SIGTERM');
  expect((await first.outcome).code).toBe(143);
  expect(await complaint(...estimate('two', '--networks', '100000'))).toMatch(
    /holds an earlier run's tally.npz; choose another --out, or give --resume/,
  );
});

test('a file that is there is replaced when --force says so, and only then', async () => {
  const file = folder.path('set.npz');
  const options = ['synth', '--basis', 'dct:2', '--index', '1', '--size', '4', '--count', '4'];
  await done(...options, '-o', file);
  const before = readFileSync(file);
  expect(await complaint(...options, '--seed', '1', '-o', file)).toBe(
    `${file}: this file is there already; write somewhere else, or give --force to replace it`,
  );
  expect(readFileSync(file)).toEqual(before);
  await done(...options, '--seed', '1', '--force', '-o', file);
  expect(readFileSync(file)).not.toEqual(before);
});

test('with --json a result that is there is printed as when it was computed', async () => {
  const first = await done(...estimate('printed', '--json'));
  const again = await done(...estimate('printed', '--json'));
  expect(again.stderr).toMatch(/^nads: nothing to do/);
  expect(again.stdout).toBe(first.stdout);

  const to = ['--out', folder.path('moved')];
  const set = ['--data', folder.path('x.npz'), '--basis', 'dct:2', '--range', 'stored'];
  const size = ['--index', '1', '--size', '4', '--count', '4'];
  await done('synth', '--basis', 'dct:2', ...size, '-o', folder.path('x.npz'));
  const { stdout } = await done('flip', ...set, ...to, '--json');
  expect(JSON.parse(stdout).file).toBe(folder.path('moved', 'flipped.npz'));
  renameSync(folder.path('moved'), folder.path('elsewhere'));
  const there = await done('flip', ...set, '--out', folder.path('elsewhere'), '--json');
  expect(JSON.parse(there.stdout)).toEqual({
    ...JSON.parse(stdout),
    file: folder.path('elsewhere', 'flipped.npz'),
  });
});
