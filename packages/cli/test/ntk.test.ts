import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz, encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { attributes, floats, node, writeModel, type Model, type Node } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { modelOf, value, weights } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const count = 6;
const pixels = 9;
const images = new Float32Array(count * pixels);
new Random('images').fillNormal(images, 0, 1);
const labels = Int32Array.from([0, 1, 0, 1, 2, 2]);
const data = folder.path('data.npz');
writeFileSync(
  data,
  encodeNpz({
    images: { dtype: 'float32', shape: [count, 1, 3, 3], data: images },
    labels: { dtype: 'int32', shape: [count], data: labels },
  }),
);

const parts = { inputs: [value('x', ['N', 1, 3, 3])], outputs: [value('y', ['N', 2])] };
const flatten = (from: string): Node => node('Flatten', [from], ['flat']);
const dense = (bias: readonly string[]): Node =>
  node('Gemm', ['flat', 'dense', ...bias], ['y'], attributes({ transB: 1 }));
const linear = (bias: readonly string[]): Model =>
  modelOf([flatten('x'), dense(bias)], {
    ...parts,
    initializers: { dense: weights(2, pixels), bias: weights(2) },
  });
const convolution = node(
  'Conv',
  ['x', 'kernel'],
  ['conv'],
  attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
);
const smooth = (initializers = {}): Model =>
  modelOf([convolution, node('Tanh', ['conv'], ['tanh']), flatten('tanh'), dense(['bias'])], {
    ...parts,
    initializers: { dense: weights(2, 27), ...initializers },
  });

let files = 0;
function written(model: Model): string {
  const file = folder.path(`model-${files++}.onnx`);
  writeFileSync(file, writeModel(model));
  return file;
}

const always = ['--data', data, '--range', 'stored', '--images', '6'];
/** Runs the command; the arrays and the summary it writes. */
async function kernelOf(file: string, ...args: string[]) {
  const out = folder.path(`out-${files++}`);
  const { stdout, stderr } = await done('ntk', file, ...always, '--out', out, ...args);
  const arrays = decodeNpz(readFileSync(`${out}/ntk.npz`));
  const numbers = (name: string): number[] => Array.from(arrays.get(name)!.data as Float64Array);
  const summary = JSON.parse(readFileSync(`${out}/ntk.json`, 'utf8'));
  return { out, stdout, stderr, arrays, numbers, summary, kernel: numbers('kernel') };
}

const image = (i: number): Float32Array => images.subarray(i * pixels, (i + 1) * pixels);
const inner = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);
const square = (entry: (i: number, j: number) => number): number[] =>
  Array.from({ length: count ** 2 }, (_, at) => entry(Math.floor(at / count), at % count));

test.each([
  ['without bias', [], [], 2, 0],
  ['with bias', ['bias'], [], 2, 1],
  ['of one output', ['bias'], ['--output-index', '1'], 1, 1],
] as const)(
  'of a linear model %s it is x xᵀ, exactly',
  async (_, bias, args, outputs, constant) => {
    const { kernel } = await kernelOf(written(linear(bias)), ...args);
    expectClose(
      kernel,
      square((i, j) => outputs * (inner(image(i), image(j)) + constant)),
      { rtol: 1e-6, atol: 1e-6 },
    );
  },
);

/** Outputs of a model for all images: [count × 2]. */
async function outputsOf(model: Model): Promise<Float32Array> {
  const session = await nodeRuntime.createSession(writeModel(model));
  const x = { type: 'float32' as const, dims: [count, 1, 3, 3], data: images };
  const { y } = await session.run({ x });
  await session.release();
  return y.data as Float32Array;
}

/** ∂f_k(x_i)/∂θ by central differences: for each number of θ an array [count × 2]. */
async function differences(): Promise<number[][]> {
  const step = 1e-2;
  const { initializers } = smooth().graph;
  const columns: number[][] = [];
  for (const name of ['kernel', 'dense', 'bias']) {
    const { dims, data: values } = initializers.get(name)!;
    const shifted = (at: number, by: number): Promise<Float32Array> => {
      const moved = Float32Array.from(values as Float32Array);
      moved[at] += by;
      return outputsOf(smooth({ [name]: floats(dims, moved) }));
    };
    for (let at = 0; at < values.length; at++) {
      const [plus, minus] = [await shifted(at, step), await shifted(at, -step)];
      columns.push(Array.from(plus, (y, i) => (y - minus[i]) / (2 * step)));
    }
  }
  return columns;
}

test('of a small network it is what finite differences of its weights give', async () => {
  const columns = await differences();
  expect(columns).toHaveLength(27 + 54 + 2);
  const both = square((i, j) =>
    [0, 1].reduce(
      (sum, k) => sum + columns.reduce((s, column) => s + column[2 * i + k] * column[2 * j + k], 0),
      0,
    ),
  );
  const { kernel, summary } = await kernelOf(written(smooth()));
  const largest = Math.max(...both.map(Math.abs));
  expectClose(kernel, both, { rtol: 0, atol: 1e-3 * largest });
  expect(summary.parameters.count).toBe(83);
});

test('weights in Constant nodes count like others', async () => {
  const { graph, ...rest } = smooth();
  const constants = ['kernel', 'dense', 'bias'].map(name =>
    node(
      'Constant',
      [],
      [name],
      attributes({ value: { type: 'tensor', value: graph.initializers.get(name)! } }),
    ),
  );
  const moved = { ...graph, nodes: [...constants, ...graph.nodes], initializers: new Map() };
  const [plain, constant] = [
    await kernelOf(written(smooth())),
    await kernelOf(written({ ...rest, graph: moved })),
  ];
  expect(constant.summary.parameters.count).toBe(83);
  expectClose(constant.kernel, plain.kernel, { rtol: 1e-6 });
});

test('kernels of single outputs add up to the kernel of all', async () => {
  const file = written(smooth());
  const [all, first, second] = [
    await kernelOf(file),
    await kernelOf(file, '--output-index', '0'),
    await kernelOf(file, '--output-index', '1'),
  ];
  expectClose(
    all.kernel,
    first.kernel.map((x, i) => x + second.kernel[i]),
    { rtol: 1e-9, atol: 1e-9 },
  );
});

test('a batch that the file fixes changes nothing', async () => {
  const fixed = smooth();
  const baked = {
    ...fixed,
    graph: {
      ...fixed.graph,
      inputs: [value('x', [2, 1, 3, 3])],
      outputs: [value('y', [2, 2])],
    },
  };
  const [free, two] = [await kernelOf(written(fixed)), await kernelOf(written(baked))];
  expectClose(two.kernel, free.kernel, { rtol: 1e-6 });
});

test('writes arrays, settings, numbers and a picture, and says what it needs before it starts', async () => {
  const { out, stdout, stderr, arrays, numbers, summary, kernel } = await kernelOf(
    written(smooth()),
  );
  expect(readdirSync(out)).toEqual(['ntk.json', 'ntk.npz', 'run.json', 'spectrum.svg']);
  expect(arrays.get('kernel')).toMatchObject({ dtype: 'float64', shape: [6, 6] });
  expect(numbers('labels')).toEqual([...labels]);
  const eigenvalues = numbers('eigenvalues');
  const trace = [0, 1, 2, 3, 4, 5].reduce((sum, i) => sum + kernel[7 * i], 0);
  expectClose([eigenvalues.reduce((a, b) => a + b, 0), summary.trace], [trace, trace]);
  expect(eigenvalues).toEqual(eigenvalues.toSorted((a, b) => b - a));
  expect(summary).toMatchObject({
    settings: { images: 6, of: 'logits', outputs: [0, 1], weights: 'own' },
    parameters: { tensors: expect.arrayContaining([{ name: 'kernel', size: 27 }]) },
  });
  for (const name of ['alignment', 'centred_alignment', 'effective_rank'])
    expect(summary[name]).toBeGreaterThan(0);
  expect(stderr).toMatch(/12 backward passes, 1\.99 kB for 6 gradients at a time/);
  expect(stdout).toMatch(/^alignment with labels 0\.\d{4}, centred 0\.\d{4}$/m);
});

test('fresh weights follow from their seed alone', async () => {
  const file = written(smooth());
  const [one, again, other, own] = [
    await kernelOf(file, '--fresh', '1'),
    await kernelOf(file, '--fresh', '1'),
    await kernelOf(file, '--fresh', '2'),
    await kernelOf(file),
  ];
  expect(again.kernel).toEqual(one.kernel);
  expect(other.kernel).not.toEqual(one.kernel);
  expect(own.kernel).not.toEqual(one.kernel);
  expect(one.summary.settings).toMatchObject({ weights: 'fresh', fresh: 1, init: 'pytorch' });
});

test('images without labels have a kernel but no alignment', async () => {
  const bare = folder.path('bare.npz');
  const { kernel } = await kernelOf(written(smooth()));
  writeFileSync(
    bare,
    encodeNpz({ images: { dtype: 'float32', shape: [count, 1, 3, 3], data: images } }),
  );
  const found = await kernelOf(written(smooth()), '--data', bare);
  expect(found.kernel).toEqual(kernel);
  expect(found.summary.alignment).toBeNull();
  expect(found.arrays.has('labels')).toBe(false);
  expect(found.stdout).not.toMatch(/alignment/);
});

test('an output that is not there, and a scheme for weights that are not drawn, are refused', async () => {
  const never = [written(smooth()), ...always, '--out', folder.path('never')];
  expect(await complaint('ntk', ...never, '--output-index', '2')).toMatch(
    /^--output-index: .* has outputs 0 to 1, not 2$/,
  );
  expect(await complaint('ntk', ...never, '--init', 'glorot')).toMatch(
    /^--init: it applies to fresh weights only; set --fresh, or leave it out$/,
  );
});

test('a model without weights is refused in one line', async () => {
  const file = written(modelOf([flatten('x'), node('Identity', ['flat'], ['y'])], parts));
  const line = await complaint('ntk', file, ...always, '--out', folder.path('never'));
  expect(line).toMatch(/no layer with weights was found$/);
});
