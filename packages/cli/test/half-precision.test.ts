import { readFileSync, writeFileSync } from 'node:fs';
import { decodeNpy, encodeNpy } from '@nads/dataset';
import { attributes, node, readModel, writeModel, type Model, type Tensor } from '@nads/onnx';
import { convolution, modelOf, value } from './make-model.js';
import { done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const [file, points] = [folder.path('half.onnx'), folder.path('x.npy')];

/** 1, −½, ⅓ and ¼ in turns. */
const half = (...dims: number[]): Tensor => ({
  type: 'float16',
  dims,
  data: Uint16Array.from(
    { length: dims.reduce((a, b) => a * b, 1) },
    (_, i) => [0x3c00, 0xb800, 0x3555, 0x3400][((i * i) % 7) % 4],
  ),
});

/** Weights of half precision between an input and an output that are float32. */
const model: Model = modelOf(
  [
    node('Cast', ['x'], ['halved'], attributes({ to: 10 })),
    convolution('halved'),
    node('Relu', ['conv'], ['relu']),
    node('MaxPool', ['relu'], ['pooled'], attributes({ kernel_shape: [3, 3], strides: [2, 2] })),
    node('Flatten', ['pooled'], ['flat']),
    node('Gemm', ['flat', 'rows', 'shift'], ['sums'], attributes({ transB: 1 })),
    node('Cast', ['sums'], ['y'], attributes({ to: 1 })),
  ],
  { initializers: { kernel: half(3, 1, 3, 3), rows: half(2, 27), shift: half(2) } },
);

const warning = `warning: ${file}: computed in float32 where the file has float16; so are files written from it\n`;

beforeAll(() => {
  writeFileSync(file, writeModel(model));
  const data = Float32Array.from({ length: 64 }, (_, i) => Math.cos(1.7 * i));
  writeFileSync(points, encodeNpy({ dtype: 'float32', shape: [1, 1, 8, 8], data }));
});

test('estimate, gradient and probe compute in float32 and say so', async () => {
  const out = folder.path('out');
  const estimated = await done('estimate', file, '--networks', '2', '--out', out);
  expect(estimated.stderr).toContain(warning);
  const { model: about } = JSON.parse(readFileSync(`${out}/nads.json`, 'utf8'));
  expect(about.widened).toEqual(['float16']);

  const derivative = folder.path('gradient.onnx');
  expect((await done('gradient', file, '-o', derivative)).stderr).toBe(warning);
  const { graph } = readModel(readFileSync(derivative));
  expect([...graph.initializers.values()].map(({ type }) => type)).not.toContain('float16');

  const [gradients, secants] = [folder.path('g.npy'), folder.path('s.npy')];
  const options = ['--points', points, '--step', '0.0001'];
  await done('probe', file, ...options.slice(0, 2), '--probe', 'gradient', '-o', gradients);
  await done('probe', file, ...options, '-o', secants);
  const [g, s] = [gradients, secants].map(path => decodeNpy(readFileSync(path), path).data);
  g.forEach((each, i) => expect(Number(each)).toBeCloseTo(Number(s[i]), 1));
});

test('inspect says what is widened', async () => {
  const { stdout } = await done('inspect', file);
  expect(stdout).toMatch(/^precision +float32 where the file has float16$/m);
  const { stdout: json } = await done('inspect', file, '--json');
  expect(JSON.parse(json).widened).toEqual(['float16']);
});

test('a model whose images are of half precision takes those of single precision', async () => {
  const whole = folder.path('whole.onnx');
  const { nodes } = model.graph;
  const halves = {
    ...model,
    graph: {
      ...model.graph,
      nodes: [...nodes.slice(1, -2), { ...nodes.at(-2)!, outputs: ['y'] }],
      inputs: [value('halved', ['N', 1, 8, 8], 'float16')],
      outputs: [value('y', ['N', 2], 'float16')],
    },
  };
  writeFileSync(whole, writeModel(halves));
  const [a, b] = [folder.path('a.npy'), folder.path('b.npy')];
  const options = ['--points', points, '--probe', 'gradient', '-o'];
  await done('probe', whole, ...options, a);
  await done('probe', file, ...options, b);
  expect(readFileSync(a)).toEqual(readFileSync(b));
});
