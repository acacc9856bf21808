import { readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz, encodeNpz } from '@nads/dataset';
import { readModel } from '@nads/onnx';
import { architectures } from '@nads/train';
import { complaint, done, start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const along = ['train', 'logreg', '--direction', 'fourier:4@1:2', '--size', '8', '--sigma', '0.5'];
const small = [...along, '--epsilon', '2', '--train', '256', '--test', '128', '--batch', '32'];
const rows = (name: string) =>
  readFileSync(folder.path(name, 'history.csv'), 'utf8').trimEnd().split('\n');
const bytes = (name: string) => readFileSync(folder.path(name, 'model.onnx'));

test('a direction is learnt; the model is ONNX with a free batch', async () => {
  const { stdout } = await done(...small, '--epochs', '3', '--out', folder.path('a'));
  expect(stdout).toMatch(/^3 epoch\(s\): loss .*, test accuracy \d+\.\d+ %, written to /);
  const [head, ...epochs] = rows('a');
  expect(head).toBe('epoch,loss,train_accuracy,test_accuracy');
  expect(epochs).toHaveLength(3);
  expect(Number(epochs[2].split(',')[3])).toBeGreaterThan(90);
  const { graph } = readModel(bytes('a'), 'model.onnx');
  expect(graph.inputs[0].dims).toEqual(['N', 1, 8, 8]);
  expect([...graph.initializers.keys()]).toContain('fc.weight');
});

test('a penalty on measures is refused where there are none', async () => {
  const args = [...small, '--measure-decay', '0.005', '--out', folder.path('no-measures')];
  expect(await complaint(...args)).toMatch(/--measure-decay: logreg has no learnt measures/);
});

test('both engines give the same history', async () => {
  await done(...small, '--epochs', '2', '--engine', 'onnx', '--out', folder.path('onnx'));
  const { stderr } = await done(
    ...small,
    '--epochs',
    '2',
    '--engine',
    'tfjs',
    '--out',
    folder.path('tfjs'),
  );
  expect(stderr).toMatch(/tfjs on (wasm|tensorflow|cpu)/);
  const losses = (name: string) =>
    rows(name)
      .slice(1)
      .map(line => Number(line.split(',')[1]).toPrecision(4));
  expect(losses('tfjs')).toEqual(losses('onnx'));
});

test('what was stopped goes on to the same bytes', async () => {
  const args = [...small, '--train', '20000', '--epochs', '6', '--threads', '1'];
  await done(...args, '--quiet', '--out', folder.path('whole'));
  const run = start([...args, '--out', folder.path('parts')]);
  await run.said('20000 images');
  for (let waited = 0; waited < 200; waited++) {
    await new Promise(resolve => setTimeout(resolve, 20));
    try {
      if (rows('parts').length > 1) break;
    } catch {
      // not there yet
    }
  }
  run.kill('SIGINT');
  const { code, stderr } = await run.outcome;
  expect(code).toBe(130);
  expect(stderr).toMatch(/interrupted; \d of 6 epoch\(s\) are in .*; continue with --resume/);
  await done(...args, '--quiet', '--resume', '--out', folder.path('parts'));
  expect(rows('parts')).toEqual(rows('whole'));
  expect(bytes('parts')).toEqual(bytes('whole'));
});

test('images in an archive are learnt with their labels', async () => {
  const file = folder.path('set.npz');
  const images = Float32Array.from({ length: 40 * 64 }, (_, i) => ((i >> 6) % 2) + 0.01 * (i % 7));
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % 2);
  const arrays = {
    images: { dtype: 'float32', shape: [40, 1, 8, 8], data: images },
    labels: { dtype: 'int32', shape: [40], data: labels },
  } as const;
  writeFileSync(file, encodeNpz(arrays));
  const args = ['--data', file, '--test-data', file, '--range', 'stored', '--rate', '0.05'];
  await done(
    'train',
    'logreg',
    ...args,
    '--epochs',
    '8',
    '--batch',
    '8',
    '--out',
    folder.path('d'),
  );
  expect(Number(rows('d').at(-1)!.split(',')[3])).toBe(100);
  const checkpoint = decodeNpz(readFileSync(folder.path('d', 'checkpoint.npz')), 'checkpoint');
  expect(checkpoint.get('state/fc.weight')?.shape).toEqual([2, 64]);
});

test('a checkpoint of other settings is refused, naming what differs', async () => {
  const args = [...small, '--epochs', '3', '--resume', '--quiet', '--out', folder.path('a')];
  expect(await complaint(...args, '--rate', '0.1')).toMatch(
    /^--resume: .*checkpoint\.npz belongs to another rate \(0\.5, now 0\.1\)/,
  );
  const other = args.map(arg => (arg === 'logreg' ? 'resnet18' : arg));
  expect(await complaint(...other)).toMatch(
    /belongs to another architecture \(logreg, now resnet18\)/,
  );
  expect(await complaint(...small, '--resume', '--quiet', '--out', folder.path('none'))).toMatch(
    /checkpoint\.npz not found; leave out --resume to start over$/,
  );
});

test.each([
  [[], /^give either --direction or --data/],
  [['--direction', 'fourier:4'], /^--direction: 'fourier:4' does not name a direction/],
  [['--direction', '@1'], /^--direction: '@1' does not name a direction/],
  [['--direction', 'dct:99@1'], /^--direction: dct:99 has more waves/],
  [['--direction', 'dct:2@0-3', '--size', '8'], /names 4 directions; give one$/],
])('%j is one line', async (args, message) => {
  expect(await complaint('train', 'logreg', ...args, '--out', folder.path('never'))).toMatch(
    message,
  );
});

test('a loss that is not finite ends with a line that says what may help', async () => {
  const args = [...small, '--rate', '1e30', '--epsilon', '1e20', '--out', folder.path('nan')];
  expect(await complaint(...args, '--quiet')).toMatch(
    /the loss is .* steps; a smaller --rate or --clip/,
  );
});

test('a loss that grew without end is no success without a word', async () => {
  const settings = [
    '--epsilon',
    '0.1',
    '--rate',
    '1e4',
    '--epochs',
    '2',
    '--out',
    folder.path('grown'),
  ];
  const { stderr } = await done(...small, ...settings);
  expect(stderr).toMatch(
    /^warning: nothing was learnt: the loss of the last epoch is .*, that of guessing 0\.69; a smaller --rate or --clip may help$/m,
  );
  const calm = await done(...small, '--epochs', '1', '--out', folder.path('calm'));
  expect(calm.stderr).not.toMatch(/nothing was learnt/);
});

test('the built-in architectures are listed; one of them has to be named', async () => {
  const { stdout } = await done('train', '--list');
  for (const { name, title } of architectures)
    expect(stdout).toMatch(new RegExp(`^${name} +${title.slice(0, 8)}`, 'm'));
  expect(await complaint('train', '--out', 'never')).toBe(
    "missing required argument 'architecture'; see nads train --help",
  );
});
