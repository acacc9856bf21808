import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import {
  attributes,
  floats,
  node,
  readModel,
  writeModel,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';
import { modelOf, value } from './make-model.js';
import { criteria } from '@nads/prune';
import { nadsProgram } from '../src/program.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const count = 16;
const random = new Random('prune');

function drawn(...dims: number[]): Tensor {
  const data = new Float32Array(dims.reduce((a, b) => a * b, 1));
  random.fillNormal(data, 0, 1);
  return floats(dims, data);
}

/** Three linear layers, the first of 20 channels, the second of 12. */
const network = (middle = 'Relu'): Model =>
  modelOf(
    [
      node('Flatten', ['x'], ['flat']),
      node('Gemm', ['flat', 'fc1'], ['a'], attributes({ transB: 1 })),
      node('Relu', ['a'], ['b']),
      node('Gemm', ['b', 'fc2'], ['c'], attributes({ transB: 1 })),
      node(middle, ['c'], ['d']),
      node('Gemm', ['d', 'fc3'], ['y'], attributes({ transB: 1 })),
    ],
    {
      inputs: [value('x', ['N', 1, 3, 3])],
      outputs: [value('y', ['N', 2])],
      initializers: { fc1: drawn(20, 9), fc2: drawn(12, 20), fc3: drawn(2, 12) },
    },
  );

function written(name: string, model: Model): string {
  const file = folder.path(`${name}.onnx`);
  writeFileSync(file, writeModel(model));
  return file;
}

function dataOf(name: string, labels?: readonly number[]): string {
  const file = folder.path(`${name}.npz`);
  const images = drawn(count, 1, 3, 3).data as Float32Array;
  const known = labels && {
    labels: { dtype: 'int32' as const, shape: [count], data: Int32Array.from(labels) },
  };
  const arrays = { images: { dtype: 'float32' as const, shape: [count, 1, 3, 3], data: images } };
  writeFileSync(file, encodeNpz({ ...arrays, ...known }));
  return file;
}

const model = written('model', network());
const data = dataOf(
  'data',
  Array.from({ length: count }, (_, i) => i % 2),
);
const measured = ['--data', data, '--range', 'stored', '--batch', '8'];
const small = folder.path('small.onnx');

const sizesOf = (file: string): Record<string, readonly number[]> =>
  Object.fromEntries(
    [...readModel(readFileSync(file), file).graph.initializers].map(([name, { dims }]) => [
      name,
      dims,
    ]),
  );

test('half of the channels go from the file, by their magnitude', async () => {
  const { stdout } = await done('prune', model, '--remove', '50%', '--force', '-o', small);
  const { fc1, fc2, fc3 } = sizesOf(small);
  expect(fc1[0] + fc2[0]).toBe(16);
  expect([fc1[1], fc2[1], fc3]).toEqual([9, fc1[0], [2, fc2[0]]]);
  expect(stdout).toMatch(/^channels +32 +16 +50\.0%$/m);
  expect(stdout).toContain('criterion magnitude');
});

test('with images, multiples of four are left, a report and importance are written', async () => {
  const [report, importance] = [folder.path('report.json'), folder.path('importance.csv')];
  const files = ['--force', '-o', small, '--report', report, '--importance', importance];
  await done('prune', model, ...measured, '--macs', '40%', '--round', '4', ...files);
  const { fc1, fc2 } = sizesOf(small);
  expect([fc1[0] % 4, fc2[0] % 4]).toEqual([0, 0]);
  const { before, after, settings } = JSON.parse(readFileSync(report, 'utf8')) as Record<
    string,
    Record<string, number | string>
  >;
  expect(settings.criterion).toBe('diagonal');
  expect(after.macs).toBeLessThanOrEqual(0.6 * (before.macs as number));
  const rows = readFileSync(importance, 'utf8').trimEnd().split('\n');
  expect(rows[0]).toBe('initializer,channel,group,diagonal');
  expect(rows).toHaveLength(33);
});

test('a loss bounds what is removed', async () => {
  const report = folder.path('until.json');
  await done(
    'prune',
    model,
    ...measured,
    '--until',
    '1000',
    '--force',
    '-o',
    small,
    '--report',
    report,
  );
  const { after } = JSON.parse(readFileSync(report, 'utf8')) as {
    after: { channels: number; loss: number };
  };
  expect(after.channels).toBe(2);
  expect(after.loss).toBeLessThan(1000);
});

test('groups are written without images and without a goal', async () => {
  const file = folder.path('groups.json');
  const { stdout } = await done('prune', model, '--groups', file);
  expect(stdout).toBe(`32 channels in 2 group(s) can go, 0 stay, written to ${file}\n`);
  const { groups, fixed } = JSON.parse(readFileSync(file, 'utf8')) as {
    groups: { entries: unknown; channels: unknown[] }[];
    fixed: string[];
  };
  expect(groups.map(({ channels }) => channels.length)).toEqual([20, 12]);
  expect(groups[0].entries).toEqual([
    { initializer: 'fc1', axis: 0 },
    { initializer: 'fc2', axis: 1 },
  ]);
  expect(fixed).toEqual(['fc1 axis 1', 'fc3 axis 0']);
});

test('groups that are written on the way leave stdout to the result', async () => {
  const [small, groups] = [folder.path('with-groups.onnx'), folder.path('on-the-way.json')];
  const goal = ['--remove', '20%', '-o', small];
  const { stdout, stderr } = await done('prune', model, '--groups', groups, ...goal, '--json');
  expect(JSON.parse(stdout)).toHaveProperty('after');
  expect(stderr).toContain(`written to ${groups}`);
});

test('groups that cannot be pruned are named, the others are pruned', async () => {
  const mixed = written('mixed', network('Softmax'));
  const { stdout } = await done('prune', mixed, '--remove', '50%', '--force', '-o', small);
  expect(stdout).toContain("12 channels stay: 'd' (Softmax) computes over all of it");
  expect(sizesOf(small).fc1).toEqual([10, 9]);
});

test('the command offers the criteria that there are', () => {
  const { options } = nadsProgram().commands.find(one => one.name() === 'prune')!;
  expect(options.find(({ long }) => long === '--criterion')!.argChoices).toEqual(criteria);
});

test('criteria are compared with the change of the loss', async () => {
  const { stdout } = await done('prune', model, ...measured, '--oracle');
  expect(stdout).toMatch(/^rank correlation with the change of the loss, 32 channels\n/);
  expect(Number(/diagonal +(\S+)/.exec(stdout)![1])).toBeGreaterThan(0.5);
});

test('what is left is trained between rounds and in the end, and measured on images held out', async () => {
  const report = folder.path('tuned.json');
  const training = ['--fine-tune', '3', '--between', '1', '--rounds', '2', '--train-batch', '7'];
  const options = [...training, '--macs', '40%', '--force', '-o', small, '--report', report];
  const { stdout } = await done('prune', model, ...measured, ...options);
  expect(stdout).toMatch(/^ +before +after +fine-tuned$/m);
  expect(stdout).toContain(`loss and accuracy on 2 images of ${data}`);
  const found = JSON.parse(readFileSync(report, 'utf8')) as Tuned;
  expect(found.training.map(({ round, history }) => [round, history.length])).toEqual([
    [1, 1],
    [2, 3],
  ]);
  expect(found.tuned.macs).toBe(found.after.macs);
  expect(found.tuned.loss).not.toBe(found.after.loss);
  expect(found.settings).toMatchObject({ fineTune: 3, between: 1, trainBatch: 7 });
});

interface Tuned {
  readonly training: readonly { readonly round: number; readonly history: readonly unknown[] }[];
  readonly after: Readonly<Record<string, number>>;
  readonly tuned: Readonly<Record<string, number>>;
  readonly settings: object;
}

test('what was removed where is a picture, which `nads plot` draws again', async () => {
  const report = folder.path('report');
  for (const share of ['20%', '50%'])
    await done('prune', model, '--remove', share, '--force', '-o', small, '--report', report);
  const picture = readFileSync(`${report}/removed.svg`, 'utf8');
  expect(picture.match(/<g class="bar">/g)).toHaveLength(2);
  expect(picture).toContain(`>fc1 and 1 more: ${sizesOf(small).fc1[0]} of 20<`);
  const again = folder.path('again');
  await done('plot', report, '--out', again);
  expect(readFileSync(`${again}/removed.svg`, 'utf8')).toBe(picture);
});

test('fresh weights are pruned, the same ones for the same seed', async () => {
  const sizes = ['0', '0', '1'].map(async (seed, i) => {
    const file = folder.path(`fresh${i}.onnx`);
    const options = ['--weights', 'fresh', '--seed', seed, '--remove', '50%', '-o', file];
    await done('prune', model, ...options);
    return readFileSync(file);
  });
  const [one, same, other] = await Promise.all(sizes);
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
});

test('no group is emptied, however much is to go', async () => {
  const folderOfReport = folder.path('emptied');
  const { stdout } = await done(
    'prune',
    model,
    '--remove',
    '99%',
    '--force',
    '-o',
    small,
    '--report',
    folderOfReport,
  );
  expect(sizesOf(small)).toEqual({ fc1: [1, 9], fc2: [1, 1], fc3: [2, 1] });
  expect(stdout).toMatch(/^channels +32 +2 +6\.3%$/m);
  const { groups } = JSON.parse(readFileSync(join(folderOfReport, 'prune.json'), 'utf8')) as {
    groups: { left: number }[];
  };
  expect(groups.map(({ left }) => left)).toEqual([1, 1]);
});

test.each([
  ['--importance', 'twice/q.onnx'],
  ['--groups', 'twice/../twice/q.onnx'],
  ['--groups', 'linked/q.onnx'],
  ['--importance', 'twice/q.onnx/below.csv'],
])('%s at %s, where another output goes, is refused before any work', async (option, name) => {
  mkdirSync(folder.path('twice'), { recursive: true });
  if (!existsSync(folder.path('linked'))) symlinkSync(folder.path('twice'), folder.path('linked'));
  const file = folder.path('twice/q.onnx');
  const options = ['--remove', '20%', '--force', '-o', file, option, `${folder.path('.')}/${name}`];
  expect(await complaint('prune', model, ...options)).toMatch(
    /two outputs would be this file|would be a file; write somewhere else/,
  );
  expect(existsSync(file)).toBe(false);
});

test('a file of the folder of the report is an output, too', async () => {
  const report = folder.path('report-folder');
  const options = ['--remove', '20%', '--force', '-o', small, '--report', report];
  const csv = join(report, 'removed.svg');
  expect(await complaint('prune', model, ...options, '--importance', csv)).toContain(
    'two outputs would be this file',
  );
  expect(existsSync(csv)).toBe(false);
});

test.each([
  [['--remove', '100%'], /less than 100%/],
  [['--remove', '20%', '--macs', '20%'], /give one of --remove, --macs and --until/],
  [
    ['--remove', '20%', '--criterion', 'first-order'],
    /first-order needs images with labels; give --data/,
  ],
  [
    ['--remove', '20%', '--data', dataOf('unlabelled'), '--range', 'stored', '--batch', '8'],
    /has no labels/,
  ],
  [
    ['--remove', '20%', '--data', data, '--range', 'stored'],
    /has 16 images, fewer than a batch of 32/,
  ],
  [
    [
      '--remove',
      '20%',
      '--data',
      dataOf('wrong', Array<number>(count).fill(7)),
      '--range',
      'stored',
      '--batch',
      '8',
    ],
    /image 0 has label 7; the model has classes 0 to 1/,
  ],
  [
    ['--remove', '20%', '--fine-tune', '2'],
    /--fine-tune: training needs images with labels; give --data/,
  ],
  [
    ['--remove', '20%', ...measured, '--learning-rate', '0.1'],
    /--learning-rate: nothing is trained; give epochs of --fine-tune or --between/,
  ],
  [
    ['--remove', '20%', ...measured, '--fine-tune', '1', '--learning-rate', '1e39'],
    /--learning-rate: the loss is (NaN|Infinity) after 1 steps/,
  ],
  [['--remove', '20%', '--init', 'he-fan-in'], /--init: it applies to fresh weights only/],
  [[], /--remove: say how much: give --remove, --macs or --until/],
])('%j is refused and nothing is written', async (options, message) => {
  const file = folder.path('refused.onnx');
  expect(await complaint('prune', model, ...options, '-o', file)).toMatch(message);
  expect(existsSync(file)).toBe(false);
});

/** What a model is, and what is said of it. */
const bad: Readonly<Record<string, readonly [Model, RegExp]>> = {
  quantised: [
    withNodes([
      node('Flatten', ['x'], ['flat']),
      node('QuantizeLinear', ['flat', 'scale'], ['q']),
      node('DequantizeLinear', ['q', 'scale'], ['d']),
      node('Gemm', ['d', 'fc1'], ['y'], attributes({ transB: 1 })),
    ]),
    /node 'q' \(QuantizeLinear\): quantised models are not supported/,
  ],
  mixing: [
    withNodes([
      ...network().graph.nodes.slice(0, -1),
      node('Gemm', ['d', 'fc3'], ['z'], attributes({ transB: 1 })),
      node('CumSum', ['z', 'axis'], ['y']),
    ]),
    /its outputs depend on which images are in a batch, and on their order/,
  ],
  'of an operator that nothing is known of': [
    withNodes([
      node('__proto__', ['x'], ['flat']),
      node('Gemm', ['flat', 'fc1'], ['y'], attributes({ transB: 1 })),
    ]),
    /node '.*' \(__proto__\): onnxruntime has no such operator/,
  ],
  'of double precision': [
    withNodes([
      ...network().graph.nodes.slice(0, -1),
      node('Gemm', ['d', 'fc3'], ['z'], attributes({ transB: 1 })),
      node('Cast', ['z'], ['y'], attributes({ to: 11 })),
    ]),
    /output 'y' is computed in float64; convert the model to float32/,
  ],
  overflowing: [
    withNodes([
      ...network().graph.nodes.slice(0, -1),
      node('Gemm', ['d', 'fc3'], ['z'], attributes({ transB: 1 })),
      node('Log', ['z'], ['y']),
    ]),
    /NaN .*for the loss of a minibatch/,
  ],
};

function withNodes(nodes: readonly Node[]): Model {
  const model = network();
  const { graph } = model;
  const axis: Tensor = { type: 'int64', dims: [], data: BigInt64Array.of(0n) };
  const initializers = new Map([
    ...graph.initializers,
    ['scale', floats([], [0.1])],
    ['axis', axis],
  ]);
  return { ...model, graph: { ...graph, nodes, initializers } };
}

test.each(Object.entries(bad))('a model that is %s is refused', async (name, [model, message]) => {
  const file = folder.path('refused.onnx');
  const options = [...measured, '--criterion', 'first-order', '--remove', '20%', '-o', file];
  expect(await complaint('prune', written(name, model), ...options)).toMatch(message);
  expect(existsSync(file)).toBe(false);
});

test('of several outputs the loss is that of the logits, or of --output, and all stay in the file', async () => {
  const { graph, ...rest } = network();
  const outputs = [value('b', ['N', 20]), value('y', ['N', 2])];
  const several = written('several', { ...rest, graph: { ...graph, outputs } });
  const options = ['--remove', '20%', ...measured, '--force', '-o', small];
  const { stderr } = await done('prune', several, ...options);
  expect(stderr).toContain("output      'y' of 'b', 'y'; --output takes another");
  const { graph: pruned } = readModel(readFileSync(small), small);
  expect(pruned.outputs.map(({ name }) => name)).toEqual(['b', 'y']);
  expect(sizesOf(small).fc2[0]).toBeLessThan(12);
  const { stdout } = await done('prune', several, ...options, '--output', 'y', '--json');
  expect(JSON.parse(stdout).model.output).toBe('y');
});
