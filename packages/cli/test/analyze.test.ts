import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz, encodeNpy, encodeNpz, type NdArray } from '@nads/dataset';
import { attributes, floats, node, writeModel } from '@nads/onnx';
import { expectClose } from '@nads/testing';
import { modelOf, network, value, weights as someWeights } from './make-model.js';
import { complaint, done, start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const put = (name: string, contents: Uint8Array): string => {
  writeFileSync(folder.path(name), contents);
  return folder.path(name);
};

/** Images of bytes with labels by turns. */
function images(name: string, count: number, channels: number, labelled = true): string {
  const shape = [count, channels, 8, 8];
  const data = Uint8Array.from({ length: count * channels * 64 }, (_, i) => (i * i + 7 * i) % 251);
  const x: NdArray = { dtype: 'uint8', shape, data };
  if (!labelled) return put(`${name}.npy`, encodeNpy(x));
  const y: NdArray = {
    dtype: 'int64',
    shape: [count],
    data: BigInt64Array.from({ length: count }, (_, i) => BigInt(i % 2)),
  };
  return put(`${name}.npz`, encodeNpz({ x, y }));
}

const summary = (out: string) =>
  JSON.parse(readFileSync(folder.path(out, 'analysis.json'), 'utf8'));
const arrays = (out: string) => decodeNpz(readFileSync(folder.path(out, 'analysis.npz')));

/** Logit 0 is 3 x₀, logit 1 is 4 x₁ + 1000: images are always taken for class 1. */
const rows = new Float32Array(128);
[rows[0], rows[65]] = [3, 4];
const linear = put(
  'linear.onnx',
  writeModel(
    modelOf(
      [
        node('Flatten', ['x'], ['flat']),
        node('Gemm', ['flat', 'w', 'b'], ['y'], attributes({ transB: 1 })),
      ],
      { initializers: { w: floats([2, 64], rows), b: floats([2], Float32Array.of(0, 1000)) } },
    ),
  ),
);
const grey = images('grey', 20, 1);

test('of a linear model the covariance is known, overall and per class', async () => {
  const out = folder.path('linear');
  const { stdout } = await done('analyze', linear, '--data', grey, '--nads', 'none', '--out', out);
  expect(stdout).toContain('accuracy 50.0 %');
  const found = summary('linear');
  expect([found.images, found.accuracy, found.nads]).toEqual([20, 0.5, null]);
  // Half of the gradients are 3 e₀, half are 4 e₁.
  expectClose([found.trace, ...found.eigenvalues], [12.5, 8, 4.5]);
  expectClose(
    found.classes.map(({ trace }: { trace: number }) => trace),
    [9, 16],
  );
  expectClose(
    found.classes.flatMap((c: { eigenvalues: number[] }) => c.eigenvalues),
    [9, 16],
  );
  const { shape, data } = arrays('linear').get('eigenvectors')!;
  expect(shape).toEqual([2, 64]);
  expectClose([data[1] as number, data[64] as number], [1, 1]);
  // Single pixels have all frequencies alike.
  expectClose([found.fourier.below_half_nyquist], [found.fourier.white_noise_below_half_nyquist]);
  expect(readdirSync(out).toSorted()).toEqual([
    'analysis.json',
    'analysis.npz',
    'fourier.svg',
    'gallery.png',
    'gallery.svg',
    'index.html',
    'run.json',
    'spectrum.svg',
  ]);
});

test('without labels the predicted class counts', async () => {
  const out = folder.path('unlabelled');
  const data = images('unlabelled-data', 5, 1, false);
  const { stdout } = await done('analyze', linear, '--data', data, '--nads', 'none', '--out', out);
  expect(stdout).not.toMatch(/accuracy \d/);
  const found = summary('unlabelled');
  expect([found.accuracy, found.settings.class, found.classes.length]).toEqual([
    null,
    'predicted',
    1,
  ]);
  expectClose([found.trace], [16]);
});

describe('a small network', () => {
  const model = put('net.onnx', writeModel(network()));
  const common = ['--data', grey, '--images', '11', '--top', '5', '--seed', '3'];
  const two = ['--networks', '2'];

  test('is compared with NADs of its architecture, estimated or read', async () => {
    await done('analyze', model, ...common, ...two, '--out', folder.path('own'));
    await done('estimate', model, '--networks', '2', '--seed', '3', '--out', folder.path('nads'));
    await done(
      'analyze',
      model,
      ...common,
      '--nads',
      folder.path('nads'),
      '--out',
      folder.path('read'),
    );
    const [a, b] = [summary('own'), summary('read')];
    // Five of each class: the eleventh would leave one class with more.
    expect([a.images, a.nads.networks, a.nads.tied]).toEqual([10, 2, 1]);
    const overlaps = ({ nads }: typeof a) =>
      nads.overlap.map((s: { overlap: number }) => s.overlap);
    expect(overlaps(a)).toHaveLength(5);
    expectClose(overlaps(a), overlaps(b), { rtol: 1e-3, atol: 1e-4 });
    // All 64 NADs together hold all energy.
    expect(a.nads.cumulative_energy).toHaveLength(64);
    expectClose([a.nads.cumulative_energy[63]], [1], { rtol: 1e-5 });
    const page = readFileSync(folder.path('own', 'index.html'), 'utf8');
    for (const file of [
      'gallery.svg',
      'spectrum.svg',
      'overlap.svg',
      'energy.svg',
      'fourier.svg',
    ]) {
      expect(page).toContain(`data-save="${file}"`);
      expect(existsSync(folder.path('own', file))).toBe(true);
    }
  });

  test('gives the same numbers again', async () => {
    await done(
      'analyze',
      model,
      ...common,
      ...two,
      '--workers',
      '1',
      '--out',
      folder.path('again'),
    );
    const [a, b] = ['own', 'again'].map(out =>
      readFileSync(folder.path(out, 'analysis.npz')).toString('hex'),
    );
    expect(a).toBe(b);
  });
});

test('a colour model with exchangeable channels has each NAD once in every channel', async () => {
  const model = put(
    'colour.onnx',
    writeModel(
      network([], {
        inputs: [value('x', ['N', 3, 8, 8])],
        initializers: { kernel: someWeights(3, 3, 3, 3) },
      }),
    ),
  );
  const out = folder.path('colour');
  await done('analyze', model, '--data', images('rgb', 12, 3), '--networks', '2', '--out', out);
  const { nads, classes } = summary('colour');
  expect(nads.tied).toBe(3);
  expect(nads.overlap[0].dimension).toBe(3);
  expect(nads.channel_overlap).toHaveLength(3);
  expect(nads.cumulative_energy).toHaveLength(192);
  expectClose([nads.cumulative_energy[191]], [1], { rtol: 1e-5 });
  expect(classes).toHaveLength(2);
});

test('an interruption leaves what was done', async () => {
  const model = put('slow.onnx', writeModel(network()));
  const out = folder.path('interrupted');
  const args = ['--networks', '100000', '--workers', '1', '--out', out];
  const run = start(['analyze', model, '--data', grey, ...args]);
  await run.said('preprocessing');
  await new Promise(resolve => setTimeout(resolve, 3000));
  run.kill('SIGINT');
  const { code, stderr } = await run.outcome;
  expect(code).toBe(130);
  expect(stderr).toMatch(/interrupted after 20 of 20 images; partial results were written/);
  expect(summary('interrupted').images).toBe(20);
});

test('an accuracy no better than chance makes other preprocessing likely', async () => {
  const data = images('many', 60, 1);
  const out = folder.path('chance');
  const { stderr } = await done('analyze', linear, '--data', data, '--nads', 'none', '--out', out);
  expect(stderr).toMatch(/accuracy is close to chance; check --mean, --std and --range/);
});

describe('refuses', () => {
  const refusal = (...args: string[]) =>
    complaint('analyze', linear, '--out', folder.path('never'), ...args);

  test('more classes than outputs, and true classes where there are no labels', async () => {
    const x: NdArray = { dtype: 'uint8', shape: [1, 1, 8, 8], data: new Uint8Array(64) };
    const y: NdArray = { dtype: 'int64', shape: [1], data: BigInt64Array.of(7n) };
    expect(await refusal('--data', put('seven.npz', encodeNpz({ x, y })))).toMatch(
      /seven.npz: has 8 classes, .*linear.onnx has 2 outputs/,
    );
    const unknown = images('unknown', 2, 1, false);
    expect(await refusal('--data', unknown, '--class', 'true')).toMatch(
      /^--class: .*unknown.npy has no labels, so true classes are unknown; set predicted$/,
    );
  });

  test('more eigenvectors than there are', async () => {
    expect(await refusal('--data', grey, '--top', '5000')).toMatch(
      /--top: 5000 is too large: there are 64 directions$/,
    );
  });

  test('NADs of other images', async () => {
    const data = new Float32Array(2 * 9).fill(1);
    const nine = put('nine.npy', encodeNpy({ dtype: 'float32', shape: [2, 9], data }));
    expect(await refusal('--data', grey, '--nads', nine)).toMatch(
      /^--nads: .*nine.npy has directions of 9 pixels, the model takes 1×8×8/,
    );
    expect(existsSync(folder.path('never', 'analysis.json'))).toBe(false);
  });
});

describe('NADs of an earlier estimate', () => {
  const other = put('other.onnx', writeModel(network()));
  const earlier = folder.path('earlier');
  const analyze = ['analyze', linear, '--data', grey, '--nads', earlier, '--top', '2'];
  beforeAll(() => done('estimate', other, '--networks', '4', '--basis', 'dct:4', '--out', earlier));

  test('of another model are refused, with both sums', async () => {
    expect(await complaint(...analyze, '--out', folder.path('refused'))).toMatch(
      /earlier holds NADs of .*other.onnx \(sha256 [0-9a-f]{64}\), .*linear.onnx is another file \(sha256 [0-9a-f]{64}\); give NADs of this one, or set --other-model to compare them all the same$/,
    );
  });

  test('are compared with chance within the directions that were probed', async () => {
    await done(...analyze, '--other-model', '--out', folder.path('within'));
    const { span, overlap } = summary('within').nads;
    expect(span).toBe(16);
    expect(overlap.map(({ chance }: { chance: number }) => chance)).toEqual([1 / 16, 2 / 16]);
  });
});

test('NADs estimated along a basis are compared with chance within it', async () => {
  const out = folder.path('along');
  const along = ['--networks', '4', '--basis', 'dct:4', '--top', '2', '--out', out];
  await done('analyze', linear, '--data', grey, ...along);
  expect(summary('along').nads.overlap[0].chance).toBe(1 / 16);
});
