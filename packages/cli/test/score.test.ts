import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeNpy, encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { attributes, floats, node, writeModel, type Model, type Tensor } from '@nads/onnx';
import { parseScoreSummary, type ScoreSummary } from '@nads/study';
import { modelOf, value } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const count = 8;
const images = new Float32Array(count * 9);
new Random('images').fillNormal(images, 0, 1);

function dataOf(name: string, labels?: readonly number[]): string {
  const file = folder.path(`${name}.npz`);
  const arrays = { images: { dtype: 'float32' as const, shape: [count, 1, 3, 3], data: images } };
  const known = labels && {
    labels: { dtype: 'int32' as const, shape: [count], data: Int32Array.from(labels) },
  };
  writeFileSync(file, encodeNpz({ ...arrays, ...known }));
  return file;
}
const data = dataOf('data', [0, 1, 0, 1, 0, 1, 0, 1]);

function drawn(...dims: number[]): Tensor {
  const data = new Float32Array(dims.reduce((a, b) => a * b, 1));
  new Random('weights').fork(data.length).fillNormal(data, 0, 1);
  return floats(dims, data);
}

const linear = (from: string, name: string, to: string) =>
  node('Gemm', [from, name, `${name}.bias`], [to], attributes({ transB: 1 }));
const network = (activation = 'Relu'): Model =>
  modelOf(
    [
      node('Flatten', ['x'], ['flat']),
      linear('flat', 'fc1', 'a'),
      node(activation, ['a'], ['b']),
      linear('b', 'fc2', 'y'),
    ],
    {
      inputs: [value('x', ['N', 1, 3, 3])],
      outputs: [value('y', ['N', 2])],
      initializers: {
        fc1: drawn(20, 9),
        'fc1.bias': drawn(20),
        fc2: drawn(2, 20),
        'fc2.bias': drawn(2),
      },
    },
  );

function written(name: string, model: Model): string {
  const file = folder.path(`${name}.onnx`);
  writeFileSync(file, writeModel(model));
  return file;
}
const model = written('model', network());

const always = ['--data', data, '--range', 'stored', '--batch', '8'];
async function scoresOf(...args: string[]): Promise<ScoreSummary[]> {
  const { stdout } = await done('score', ...args, '--json');
  return (JSON.parse(stdout) as unknown[]).map(one => parseScoreSummary('it', JSON.stringify(one)));
}

test('the table has a row for each score and a column for each model', async () => {
  const { stdout } = await done('score', model, model, ...always);
  const rows = stdout.trimEnd().split('\n');
  expect(rows[0].trim().split(/\s+/)).toEqual([model, model]);
  expect(rows.slice(1).map(row => row.split(' ')[0])).toEqual(
    'naswot naswot_per_unit loss grad_norm snip plain grasp fisher jacob_cov synflow log_synflow parameters macs'.split(
      ' ',
    ),
  );
  expect(rows.at(-2)).toMatch(/^parameters +242 +242$/);
});

test('JSON and the kernel agree, and the same seed gives the same scores of fresh weights', async () => {
  const kernel = folder.path('K.npy');
  const fresh = ['--weights', 'fresh', '--repeats', '3', '--seed', '5'];
  const [first] = await scoresOf(model, ...always, ...fresh, '--kernel', kernel);
  const { shape, data: k } = decodeNpy(readFileSync(kernel), kernel);
  expect([shape, k[0], first.kernel!.units]).toEqual([[8, 8], 20, 20]);
  expect(first.settings).toMatchObject({ weights: 'fresh', repeats: 3, seed: 5, init: 'pytorch' });
  const { naswot } = first.scores;
  expect(new Set(naswot.values).size).toBe(3);
  expect(naswot.standard_error).toBeGreaterThan(0);
  expect(await scoresOf(model, ...always, ...fresh)).toEqual([first]);
});

test('only scores that are asked for are computed, and those of codes need no labels', async () => {
  const unlabelled = ['--data', dataOf('unlabelled'), '--range', 'stored', '--batch', '8'];
  const [{ scores }] = await scoresOf(model, ...unlabelled, '--scores', 'naswot,jacob_cov,macs');
  expect(Object.keys(scores)).toEqual(['naswot', 'jacob_cov', 'macs']);
  expect(await complaint('score', model, ...unlabelled)).toMatch(
    /unlabelled\.npz has no labels, which loss, grad_norm, snip, plain, grasp, fisher need; choose other --scores/,
  );
});

test('-o writes what --json prints, which a report reads, and replaces nothing unasked', async () => {
  const file = folder.path('scores', 'score.json');
  mkdirSync(folder.path('scores'));
  const args = ['score', model, ...always, '--scores', 'naswot,parameters'];
  const { stdout, stderr } = await done(...args, '-o', file, '--json');
  expect(readFileSync(file, 'utf8')).toBe(stdout);
  expect(stderr).toBe('');
  expect(await complaint(...args, '-o', file)).toContain('this file is there already');
  await done('report', folder.path('scores'));
  const html = readFileSync(folder.path('scores', 'report.html'), 'utf8');
  expect(html).toContain('naswot');
  expect(html).toContain(`<code>nads ${args.join(' ')} -o ${file}</code>`);
});

test('the effective rank of NADs is told on request', async () => {
  const only = ['--scores', 'macs', '--nads', '4', '--seed', '1'];
  const [{ nads, scores }] = await scoresOf(model, ...always, ...only);
  expect([nads!.networks, Object.keys(scores)]).toEqual([4, ['macs']]);
  expect(nads!.effective_rank).toBeGreaterThan(1);
  expect(nads!.effective_rank).toBeLessThanOrEqual(9);
  const { stdout } = await done('score', model, ...always, ...only);
  expect(stdout).toContain(
    `rank of NADs  ${' '.repeat(model.length - 7)}${nads!.effective_rank.toPrecision(6)}`,
  );
});

test('a singular kernel names the images that have equal codes', async () => {
  const twice = folder.path('twice.npz');
  const repeated = Float32Array.from(images);
  repeated.copyWithin(9 * 6, 9 * 2, 9 * 3);
  const array = { dtype: 'float32' as const, shape: [count, 1, 3, 3], data: repeated };
  writeFileSync(twice, encodeNpz({ images: array }));
  const args = ['--data', twice, '--range', 'stored', '--batch', '8', '--scores', 'naswot'];
  const { stdout } = await done('score', model, ...args);
  expect(stdout).toMatch(/naswot +−∞\n/);
  expect(stdout).toMatch(/rank 7 of 8; equal codes: \S+, image 2 = \S+, image 6\n/);
  const [{ scores, kernel }] = await scoresOf(model, ...args);
  expect([scores.naswot.mean, kernel!.equal]).toEqual([null, [[2, 6]]]);
});

test.each([
  [
    'no activation',
    () => [written('tanh', network('Tanh')), ...always],
    /no activation whose units are on or off was found \(Relu, Clip from 0, LeakyRelu, PRelu\)/,
  ],
  [
    'too few images',
    () => [model, ...always.slice(0, -1), '9'],
    /data\.npz has 8 images, fewer than a batch of 9/,
  ],
  [
    'a label that is no class',
    () => [model, ...always, '--data', dataOf('three', [0, 1, 2, 0, 1, 2, 0, 1])],
    /image 2 has label 2; the model has classes 0 to 1/,
  ],
  [
    'repeats of the file',
    () => [model, ...always, '--repeats', '3'],
    /--repeats: it applies to fresh weights only/,
  ],
  [
    'an unknown score',
    () => [model, ...always, '--scores', 'magic'],
    /unknown 'magic'; expected some of naswot, /,
  ],
  ['a batch of one', () => [model, ...always, '--batch', '1'], /--batch/],
  [
    'the kernel of two models',
    () => [model, model, ...always, '--kernel', 'K.npy'],
    /it holds the kernel of one model/,
  ],
])('%s is one line and exit code 2', async (_, args, expected) => {
  expect(await complaint('score', ...args())).toMatch(expected);
  expect(existsSync('K.npy')).toBe(false);
});

test('outputs that depend on the order of the batch are refused', async () => {
  const mixing = modelOf(
    [
      ...network().graph.nodes.slice(0, -1),
      node('CumSum', ['b', 'zero'], ['c']),
      linear('c', 'fc2', 'y'),
    ],
    {
      inputs: [value('x', ['N', 1, 3, 3])],
      outputs: [value('y', ['N', 2])],
      initializers: {
        ...Object.fromEntries(network().graph.initializers),
        zero: { type: 'int64', dims: [], data: BigInt64Array.from([0n]) },
      },
    },
  );
  expect(await complaint('score', written('mixing', mixing), ...always)).toMatch(
    /its outputs depend on the order of the images in a batch/,
  );
});

test('a model that comes with nads is scored by its name', async () => {
  const few = ['--range', 'stored', '--batch', '2', '--scores', 'parameters', '--json'];
  const { stdout } = await done('score', 'vgg11bn-narrow', '--data', data, ...few);
  const [{ model }] = JSON.parse(stdout) as ScoreSummary[];
  expect(model.file).toBe('vgg11bn-narrow');
});
