import { readFileSync, writeFileSync } from 'node:fs';
import { decodeNpy, encodeNpy } from '@nads/dataset';
import { attributes, node, writeModel } from '@nads/onnx';
import { convolution, modelOf, value, weights } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** Features, probabilities and logits of one network, in this order. */
const file = folder.path('several.onnx');
writeFileSync(
  file,
  writeModel(
    modelOf(
      [
        convolution(),
        node('Relu', ['conv'], ['relu']),
        node('Flatten', ['relu'], ['features']),
        node('Gemm', ['features', 'linear'], ['logits'], attributes({ transB: 1 })),
        node('Softmax', ['logits'], ['probabilities']),
      ],
      {
        initializers: { linear: weights(4, 192) },
        outputs: [
          value('features', ['N', 192]),
          value('probabilities', ['N', 4]),
          value('logits', ['N', 4]),
        ],
      },
    ),
  ),
);
const points = folder.path('points.npy');
const pixels = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i));
writeFileSync(points, encodeNpy({ dtype: 'float32', shape: [1, 1, 8, 8], data: pixels }));

const probed = async (...args: string[]) => {
  const out = folder.path('probed.npy');
  const { stderr } = await done('probe', file, '--points', points, '--force', '-o', out, ...args);
  return { stderr, shape: decodeNpy(readFileSync(out), out).shape };
};

test('of several outputs the logits are taken, which is said', async () => {
  const { stderr, shape } = await probed();
  expect(stderr).toContain(
    "output      'logits' of 'features', 'probabilities', 'logits'; --output takes another",
  );
  expect(shape).toEqual([1, 4, 64]);
});

test('--output takes another; one that is not there is refused with those that are', async () => {
  const { stderr, shape } = await probed('--output', 'features');
  expect([stderr, shape]).toEqual(['', [1, 192, 64]]);
  const bad = ['probe', file, '--points', points, '-o', folder.path('no.npy'), '--output', 'feat'];
  expect(await complaint(...bad)).toBe(
    `${file}: --output: no floating-point output is called 'feat'; there are 'features', 'probabilities', 'logits'`,
  );
});

test('results say which, inspect too', async () => {
  const out = folder.path('estimate');
  await done('estimate', file, '--networks', '1', '--quiet', '--out', out);
  const summary = JSON.parse(readFileSync(folder.path('estimate', 'nads.json'), 'utf8'));
  expect([summary.model.output, summary.settings.head]).toEqual(['logits', 'marginalised']);
  const { stdout } = await done('inspect', file, '--json', '--output', 'features');
  expect(JSON.parse(stdout).estimate).toMatchObject({ output: 'features' });
});
