import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@nads/linalg';
import {
  architecture,
  getInt,
  getInts,
  getString,
  inferShapes,
  parseInit,
  readModel,
  withFreshWeights,
  writeModel,
  type Model,
  type Node,
} from '@nads/onnx';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { temporaryFolder } from './run-nads.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const atlas = join(root, 'experiments/atlas');

interface Member {
  readonly name: string;
  readonly group: string;
  readonly model: string;
  readonly from?: string;
  readonly changes?: string;
}

const members = JSON.parse(readFileSync(join(atlas, 'architectures.json'), 'utf8')) as Member[];
const ladder = members.filter(({ group }) => group === 'ladder');
const modelOf = (name: string): Model => {
  const { model } = members.find(member => member.name === name)!;
  return readModel(readFileSync(join(atlas, model)), model);
};

const folder = temporaryFolder();
afterAll(folder.remove);

test('the script makes the files of the ladder that are there, byte for byte', () => {
  const script = ['--import', './tools/typescript/register.mjs', 'experiments/atlas/ladder.ts'];
  execFileSync(process.execPath, [...script, `--out=${folder.path('ladder')}`], { cwd: root });
  const made = readdirSync(folder.path('ladder')).toSorted();
  expect(made).toEqual(ladder.map(({ name }) => `${name}.onnx`).toSorted());
  for (const file of made)
    expect(readFileSync(join(atlas, 'models', file))).toEqual(
      readFileSync(folder.path('ladder', file)),
    );
});

/** What becomes of the counts of nodes, in words; Identity, Flatten and what fills weights aside. */
function difference(from: Model, to: Model): string {
  const [before, after] = [from, to].map(counts);
  const kinds = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return kinds
    .map(kind => [kind, (after.get(kind) ?? 0) - (before.get(kind) ?? 0)] as const)
    .filter(([, change]) => change !== 0)
    .map(([kind, change]) => `${change > 0 ? '+' : ''}${change} ${kind}`)
    .join(', ');
}

function counts(model: Model): Map<string, number> {
  const inference = inferShapes(model);
  const found = new Map<string, number>();
  for (const node of model.graph.nodes) {
    if (['ConstantOfShape', 'Identity', 'Flatten'].includes(node.operator)) continue;
    const kind = kindOf(node, inference.get(node.inputs[1])?.dims);
    found.set(kind, (found.get(kind) ?? 0) + 1);
  }
  return found;
}

/** An operator with what a design chooses of it. */
function kindOf(node: Node, weight: readonly number[] = []): string {
  const { operator } = node;
  if (operator === 'Gemm') return `Gemm ${weight.join('×')}`;
  if (operator === 'Pad') return `Pad ${getString(node, 'mode', '')}`;
  if (operator !== 'Conv') return operator;
  const [stride] = getInts(node, 'strides', [1]);
  const [dilation] = getInts(node, 'dilations', [1]);
  const [pad] = getInts(node, 'pads', [0]);
  const groups = getInt(node, 'group', 1);
  const more = [
    stride > 1 ? ` /${stride}` : '',
    dilation > 1 ? ` dilated ${dilation}` : '',
    groups > 1 ? ` in ${groups} groups` : '',
  ];
  return `Conv ${weight.join('×')} pad ${pad}${more.join('')}`;
}

const steps = ladder.flatMap(({ name, from, changes }) => (from ? [{ name, from, changes }] : []));

test.each(steps)('$name: $changes, and nothing else', ({ name, from }) => {
  expect(difference(modelOf(from), modelOf(name))).toBe(expected[name]);
});

test.each(ladder)('$name runs with all weights drawn anew', async ({ name }) => {
  const model = modelOf(name);
  const { draws, kept } = architecture(model, inferShapes(model));
  expect(kept).toEqual([]);
  const filled = model.graph.nodes.filter(({ operator }) => operator === 'ConstantOfShape');
  expect(draws.length).toBe(filled.length);
  const fresh = withFreshWeights(model, parseInit('pytorch'), new Random(name));
  const session = await InferenceSession.create(writeModel(fresh), { logSeverityLevel: 3 });
  const image = new Float32Array(2 * 3 * 32 * 32);
  new Random('images').fillNormal(image, 0, 1);
  const { logits } = await session.run({ x: new Tensor('float32', image, [2, 3, 32, 32]) });
  await session.release();
  expect(logits.dims).toEqual([2, 10]);
  const values = [...(logits.data as Float32Array)];
  expect(values.every(Number.isFinite)).toBe(true);
  expect(new Set(values).size).toBeGreaterThan(10);
});

/** Checked against what the ladder says of each. */
const expected: Readonly<Record<string, string>> = {
  'average-pooling': '+2 AveragePool, -2 MaxPool',
  strided:
    '-1 Conv 32×32×3×3 pad 1, +1 Conv 32×32×3×3 pad 1 /2, -1 Conv 32×3×3×3 pad 1, +1 Conv 32×3×3×3 pad 1 /2, -2 MaxPool',
  'no-pooling': '-2 MaxPool',
  'kernel-1':
    '+2 Conv 32×32×1×1 pad 0, -2 Conv 32×32×3×3 pad 1, +1 Conv 32×3×1×1 pad 0, -1 Conv 32×3×3×3 pad 1',
  'kernel-5':
    '-2 Conv 32×32×3×3 pad 1, +2 Conv 32×32×5×5 pad 2, -1 Conv 32×3×3×3 pad 1, +1 Conv 32×3×5×5 pad 2',
  'kernel-7':
    '-2 Conv 32×32×3×3 pad 1, +2 Conv 32×32×7×7 pad 3, -1 Conv 32×3×3×3 pad 1, +1 Conv 32×3×7×7 pad 3',
  'dilation-2':
    '-2 Conv 32×32×3×3 pad 1, +2 Conv 32×32×3×3 pad 2 dilated 2, -1 Conv 32×3×3×3 pad 1, +1 Conv 32×3×3×3 pad 2 dilated 2',
  'depth-1': '-2 BatchNormalization, -2 Conv 32×32×3×3 pad 1, -2 Relu',
  'depth-2': '-1 BatchNormalization, -1 Conv 32×32×3×3 pad 1, -1 Relu',
  'depth-5': '+2 BatchNormalization, +2 Conv 32×32×3×3 pad 1, +2 Relu',
  'depth-9': '+6 BatchNormalization, +6 Conv 32×32×3×3 pad 1, +6 Relu',
  'width-8':
    '-2 Conv 32×32×3×3 pad 1, -1 Conv 32×3×3×3 pad 1, +1 Conv 8×3×3×3 pad 1, +2 Conv 8×8×3×3 pad 1, -1 Gemm 10×32, +1 Gemm 10×8',
  'width-16':
    '+2 Conv 16×16×3×3 pad 1, +1 Conv 16×3×3×3 pad 1, -2 Conv 32×32×3×3 pad 1, -1 Conv 32×3×3×3 pad 1, +1 Gemm 10×16, -1 Gemm 10×32',
  'width-64':
    '-2 Conv 32×32×3×3 pad 1, -1 Conv 32×3×3×3 pad 1, +1 Conv 64×3×3×3 pad 1, +2 Conv 64×64×3×3 pad 1, -1 Gemm 10×32, +1 Gemm 10×64',
  skips: '+2 Add',
  'layer-norm': '-3 BatchNormalization, +3 LayerNormalization, +6 Transpose',
  'group-norm': '-3 BatchNormalization, +3 GroupNormalization',
  'instance-norm': '-3 BatchNormalization, +3 InstanceNormalization',
  'no-norm': '-3 BatchNormalization',
  'leaky-relu': '+3 LeakyRelu, -3 Relu',
  gelu: '+3 Gelu, -3 Relu',
  silu: '+3 Mul, -3 Relu, +3 Sigmoid',
  tanh: '-3 Relu, +3 Tanh',
  'no-activation': '-3 Relu',
  depthwise: '+2 Conv 32×1×3×3 pad 1 in 32 groups, -2 Conv 32×32×3×3 pad 1',
  separable:
    '+2 Conv 32×1×3×3 pad 1 in 32 groups, +2 Conv 32×32×1×1 pad 0, -2 Conv 32×32×3×3 pad 1',
  attention: '-1 Conv 32×32×3×3 pad 1, +6 MatMul, +1 Mul, +2 Reshape, +1 Softmax, +3 Transpose',
  patches: '-1 Conv 32×3×3×3 pad 1, +1 Conv 32×3×4×4 pad 0 /4, -1 MaxPool',
  'reflect-padding':
    '+2 Conv 32×32×3×3 pad 0, -2 Conv 32×32×3×3 pad 1, +1 Conv 32×3×3×3 pad 0, -1 Conv 32×3×3×3 pad 1, +3 Pad reflect',
  'circular-padding':
    '+2 Conv 32×32×3×3 pad 0, -2 Conv 32×32×3×3 pad 1, +1 Conv 32×3×3×3 pad 0, -1 Conv 32×3×3×3 pad 1, +3 Pad wrap',
  'no-padding':
    '+2 Conv 32×32×3×3 pad 0, -2 Conv 32×32×3×3 pad 1, +1 Conv 32×3×3×3 pad 0, -1 Conv 32×3×3×3 pad 1',
  'global-max': '-1 GlobalAveragePool, +1 GlobalMaxPool',
  flatten: '+1 Gemm 10×2048, -1 Gemm 10×32, -1 GlobalAveragePool',
};
