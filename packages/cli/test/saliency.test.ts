import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeImage, decodeNpy, encodeNpy } from '@nads/dataset';
import { attributes, floats, node, writeModel } from '@nads/onnx';
import { encodePng } from '@nads/report';
import { expectClose } from '@nads/testing';
import { modelOf, network } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const put = (name: string, contents: Uint8Array): string => {
  writeFileSync(folder.path(name), contents);
  return folder.path(name);
};

const weights = Float32Array.from({ length: 128 }, (_, i) => Math.cos(i));
/** softmax(W·x + b) of grey images of 8×8: the gradient of logit k is row k of W. */
const linear = put(
  'linear.onnx',
  writeModel(
    modelOf(
      [
        node('Flatten', ['x'], ['flat']),
        node('Gemm', ['flat', 'w', 'bias'], ['logits'], attributes({ transB: 1 })),
        node('Softmax', ['logits'], ['y'], attributes({ axis: 1 })),
      ],
      { initializers: { w: floats([2, 64], weights) } },
    ),
  ),
);
const bytes = Uint8Array.from({ length: 64 }, (_, i) => (37 * i) % 256);
const picture = put('picture.png', encodePng({ width: 8, height: 8, data: bytes }));
const x = Array.from(bytes, byte => (byte / 255 - 0.5) / 0.25);
const normalised = ['--mean', '0.5', '--std', '0.25'];
/** Logit k at x is larger than the other one. */
const predicted = Number(
  x.reduce(
    (sum, value, i) => sum + value * (weights[64 + i] - weights[i]),
    Math.sin(2) - Math.sin(1),
  ) > 0,
);
const own = weights.subarray(64 * predicted, 64 * predicted + 64);

const map = (out: string, method: string) => {
  const file = folder.path(out, `picture.${method}.npy`);
  const { dtype, shape, data } = decodeNpy(readFileSync(file), file);
  expect([dtype, shape]).toEqual(['float32', [1, 8, 8]]);
  return data as Float32Array;
};
const summary = (out: string) =>
  JSON.parse(readFileSync(folder.path(out, 'saliency.json'), 'utf8'));

test('of a linear model all maps are what its weights say', async () => {
  const out = folder.path('all');
  const args = ['--image', picture, '--out', out, ...normalised];
  const { stdout, stderr } = await done('saliency', linear, ...args);
  expect(stderr).toContain('preprocessing: range [0,1], mean 0.5, std 0.25');
  const tolerance = { rtol: 1e-5, atol: 1e-5 };
  expectClose(map('all', 'gradient'), own, tolerance);
  expectClose(map('all', 'smooth'), own, tolerance);
  expectClose(
    map('all', 'gradient-x-input'),
    x.map((value, i) => value * own[i]),
    tolerance,
  );
  // Black is (0 − 0.5) / 0.25.
  const expected = x.map((value, i) => (value + 2) * own[i]);
  expectClose(map('all', 'integrated'), expected, tolerance);
  const [image] = summary('all').images;
  expect([image.output, image.predicted]).toEqual([predicted, predicted]);
  const total = expected.reduce((a, b) => a + b, 0);
  const { sum, value, baseline_value, relative_gap } = image.completeness;
  expectClose([sum, value - baseline_value], [total, total], { rtol: 1e-4, atol: 1e-4 });
  expect(relative_gap).toBeLessThan(1e-3);
  expect(stdout).toContain('sum of attributions');
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/0\.\d{3} %$/);
  expect(readdirSync(out)).toHaveLength(4 * 3 + 2 + 1 + 1 + 1);
  const { dims } = decodeImage(readFileSync(folder.path('all', 'picture.integrated.png')));
  // The image and a map of 8 · 32 pixels, with margins of 16, or the text where that is wider.
  expect(dims[2]).toBeGreaterThanOrEqual(2 * 256 + 3 * 16);
  await done('report', out);
  const html = readFileSync(folder.path('all', 'report.html'), 'utf8');
  expect(html.match(/<figure/g)).toHaveLength(1); // the sheet, whose maps are not shown again
});

test('a chosen output, other baselines, and pictures of the same name', async () => {
  const start = Float32Array.from({ length: 64 }, (_, i) => i / 64);
  const npy = put('b.npy', encodeNpy({ dtype: 'float32', shape: [1, 8, 8], data: start }));
  const args = [...normalised, '--method', 'integrated', '--steps', '3', '--output-index', '1'];
  await done(
    'saliency',
    linear,
    '--image',
    picture,
    picture,
    '--out',
    folder.path('b'),
    ...args,
    '--baseline',
    npy,
  );
  const row = weights.subarray(64);
  expectClose(
    map('b', 'integrated'),
    x.map((value, i) => (value - start[i]) * row[i]),
    {
      rtol: 1e-4,
      atol: 1e-5,
    },
  );
  expect(existsSync(folder.path('b', 'picture-2.integrated.png'))).toBe(true);
  await done(
    'saliency',
    linear,
    '--image',
    picture,
    '--out',
    folder.path('m'),
    ...args,
    '--baseline',
    'mean',
  );
  const mean = x.reduce((a, b) => a + b, 0) / 64;
  expectClose(
    map('m', 'integrated'),
    x.map((value, i) => (value - mean) * row[i]),
    {
      rtol: 1e-4,
      atol: 1e-5,
    },
  );
});

test('the gradient of a probability is another than that of a logit', async () => {
  const args = ['--image', picture, '--method', 'gradient', ...normalised];
  await done('saliency', linear, ...args, '--of', 'outputs', '--out', folder.path('p'));
  const largest = map('p', 'gradient').reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeLessThan(0.5);
});

test('the same seed gives the same bytes', async () => {
  const model = put('network.onnx', writeModel(network()));
  const run = async (out: string, seed: string) => {
    const args = ['--method', 'smooth', '--samples', '5', '--seed', seed];
    await done('saliency', model, '--image', picture, '--out', folder.path(out), ...args);
    return Buffer.from(map(out, 'smooth').buffer).toString('hex');
  };
  const [a, b, c] = await Promise.all([run('s1', '1'), run('s2', '1'), run('s3', '2')]);
  expect(a).toBe(b);
  expect(a).not.toBe(c);
});

describe('refuses', () => {
  const refusal = (...args: string[]) =>
    complaint('saliency', linear, '--out', folder.path('never'), ...args);

  test('an output that is not there', async () => {
    expect(await refusal('--image', picture, '--output-index', '2')).toMatch(
      /^--output-index: .*linear.onnx has outputs 0 to 1, not 2$/,
    );
  });

  test('unknown methods and baselines', async () => {
    expect(await refusal('--image', picture, '--method', 'grad')).toMatch(
      /Unknown method 'grad'; expected one of gradient, gradient-x-input, integrated, smooth/,
    );
    expect(await refusal('--image', picture, '--baseline', 'white')).toMatch(
      /--baseline: 'white' is not zero, mean, or a .npy file$/,
    );
  });

  test('files that are no pictures, or not there', async () => {
    expect(await refusal('--image', linear)).toMatch(/linear.onnx: unsupported kind of file/);
    expect(await refusal('--image', folder.path('none.png'))).toMatch(/none.png: no such file/);
    expect(existsSync(folder.path('never', 'saliency.json'))).toBe(false);
  });
});
