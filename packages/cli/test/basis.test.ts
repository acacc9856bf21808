import { readFileSync, writeFileSync } from 'node:fs';
import { direction, parseBasis } from '@nads/basis';
import { decodeNpz, encodeNpy, encodeNpz } from '@nads/dataset';
import { Random, randomOrthonormal } from '@nads/linalg';
import { attributes, node, numbersOf, readModel, writeModel } from '@nads/onnx';
import { readBasis } from '@nads/study/node';
import { modelOf, weights } from './make-model.js';
import { done, temporaryFolder } from './run-nads.js';

/** The same specification means the same vectors in every command that reads a basis (docs/bases.md). */

const folder = temporaryFolder();
afterAll(folder.remove);

const [side, pixels, count] = [8, 64, 40];
const shape = { channels: 1, height: side, width: side };
const chosen = 3;

const rows = folder.path('rows.npy');
const drawn = randomOrthonormal(6, pixels, new Random('rows'));
writeFileSync(
  rows,
  encodeNpy({ dtype: 'float32', shape: [6, pixels], data: Float32Array.from(drawn.data) }),
);

const images = new Float32Array(count * pixels);
new Random('images').fillUniform(images, 0, 1);
const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
const set = folder.path('set.npz');
writeFileSync(
  set,
  encodeNpz({
    images: { dtype: 'float32', shape: [count, 1, side, side], data: images },
    range: { dtype: 'float32', shape: [2], data: Float32Array.of(0, 1) },
    labels: { dtype: 'int32', shape: [count], data: labels },
  }),
);

/** Linear, so that there is a boundary along every direction. */
const linear = folder.path('linear.onnx');
const layers = [
  node('Flatten', ['x'], ['flat']),
  node('Gemm', ['flat', 'dense', 'bias'], ['y'], attributes({ transB: 1 })),
];
writeFileSync(linear, writeModel(modelOf(layers, { initializers: { dense: weights(2, pixels) } })));

let folders = 0;
const place = (): string => folder.path(`place-${folders++}`);
const arrays = (file: string) => decodeNpz(readFileSync(file), file);
const numbers = (file: string, name: string): Float64Array =>
  Float64Array.from(arrays(file).get(name)!.data as ArrayLike<number>, Number);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);

/** The first image's change. */
const change = (file: string): Float64Array =>
  numbers(file, 'images')
    .subarray(0, pixels)
    .map((x, i) => x - images[i]);

/** What each command does along direction number `chosen`, up to a factor. */
const commands: Readonly<Record<string, (basis: string) => Promise<ArrayLike<number>>>> = {
  async synth(basis) {
    const file = `${place()}.npz`;
    await done(
      'synth',
      '--basis',
      basis,
      '--index',
      `${chosen}`,
      '--count',
      '2',
      '--size',
      '8',
      '-o',
      file,
    );
    return numbers(file, 'direction');
  },
  async poison(basis) {
    const out = place();
    await done('poison', '--data', set, '--basis', basis, '--index', `${chosen}`, '--out', out);
    return change(`${out}/poisoned.npz`);
  },
  async flip(basis) {
    const out = place();
    await done(
      'flip',
      '--data',
      set,
      '--basis',
      basis,
      '--order',
      `without:${chosen}`,
      '--out',
      out,
    );
    return change(`${out}/flipped.npz`);
  },
  async margin(basis) {
    const out = place();
    const which = ['--block', '1', '--blocks', `${chosen}`, '--images', '1', '--perturbations'];
    await done(
      'margin',
      linear,
      '--data',
      set,
      '--basis',
      basis,
      ...which,
      '--out',
      out,
      '--quiet',
    );
    return numbers(`${out}/perturbations.npz`, 'perturbations');
  },
  async train(basis) {
    const out = place();
    const along = [
      '--direction',
      `${basis}@${chosen}`,
      '--sigma',
      '.01',
      '--epsilon',
      '2',
      '--size',
      '8',
    ];
    const few = ['--train', '256', '--test', '16', '--epochs', '20'];
    await done('train', 'logreg', ...along, ...few, '--out', out, '--quiet');
    const { graph } = readModel(readFileSync(`${out}/model.onnx`));
    const matrix = [...graph.initializers.values()].find(({ dims }) => dims.length === 2)!;
    const values = numbersOf(matrix);
    return Array.from({ length: pixels }, (_, i) =>
      matrix.dims[0] === 2 ? values[i] - values[pixels + i] : values[2 * i] - values[2 * i + 1],
    );
  },
};

const bases = [
  'pixels',
  'dct',
  'dct:4',
  'fourier',
  'fourier:4',
  'blocks:2',
  'random:5',
  'random:5:7',
  rows,
  `nads:${rows}`,
];

describe.each(bases)('along %s', basis => {
  const expected = direction(readBasis(basis, shape), chosen);

  test.each(Object.keys(commands))('%s takes direction 3 for what it is', async name => {
    const found = await commands[name](basis);
    const cosine = Math.abs(dot(found, expected)) / Math.sqrt(dot(found, found));
    expect(cosine).toBeGreaterThan(name === 'train' ? 0.9 : 1 - 1e-5);
  });

  test('decompose measures the energy along each direction', async () => {
    const out = place();
    await done('decompose', '--data', set, '--basis', basis, '--out', out);
    const [, ...lines] = readFileSync(`${out}/decomposition.csv`, 'utf8').trimEnd().split('\n');
    const energy = Number(lines[chosen].split(',')[1]);
    const squares = Array.from(
      { length: count },
      (_, i) => dot(images.subarray(i * pixels, (i + 1) * pixels), expected) ** 2,
    );
    expect(energy).toBeCloseTo(squares.reduce((a, b) => a + b, 0) / count, 4);
  });

  test('estimate probes its span and nothing else', async () => {
    const out = place();
    const size = readBasis(basis, shape).size;
    const given = ['--basis', basis, '--networks', '2', '--save', `${size}`];
    await done('estimate', linear, ...given, '--workers', '1', '--out', out, '--quiet');
    const nads = numbers(`${out}/nads.npz`, 'nads');
    expect(nads).toHaveLength(size * pixels);
    const energy = (v: Float64Array): number =>
      Array.from({ length: size }, (_, k) => dot(v, nads.subarray(k * pixels)) ** 2).reduce(
        (a, b) => a + b,
        0,
      );
    for (let j = 0; j < size; j++)
      expect(energy(direction(readBasis(basis, shape), j))).toBeCloseTo(1, 4);
  });
});

test('places of a Fourier basis are the published plane waves wherever a place is taken', async () => {
  const file = folder.path('wave.npz');
  await done(
    'synth',
    '--basis',
    'fourier:4',
    '--index',
    '3:1',
    '--count',
    '2',
    '--size',
    '8',
    '-o',
    file,
  );
  // 2 and −2 periods down the rows and along the columns
  const wave = Float64Array.from({ length: pixels }, (_, i) =>
    Math.cos((2 * Math.PI * (2 * Math.floor(i / side) - 2 * (i % side))) / side),
  );
  const found = numbers(file, 'direction');
  expect(dot(found, wave) / Math.sqrt(dot(wave, wave))).toBeCloseTo(1, 6);
});

test('a basis of a random name is another one than that of another seed', () => {
  const [a, b] = ['random:5', 'random:5:7'].map(name => direction(parseBasis(name, shape), chosen));
  expect(Math.abs(dot(a, b))).toBeLessThan(0.9);
});
