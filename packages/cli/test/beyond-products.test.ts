import { existsSync, writeFileSync } from 'node:fs';
import { encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { writeModel } from '@nads/onnx';
import { freshModel } from '@nads/study';
import { complaint, done, temporaryFolder } from './run-nads.js';

// pruning and scores of networks of learnt similarity and of polynomials

const folder = temporaryFolder();
afterAll(folder.remove);

const count = 8;
const [side, classes] = [8, 4];
const images = new Float32Array(count * side * side);
new Random('images').fillUniform(images, 0, 1);
const data = folder.path('data.npz');
writeFileSync(
  data,
  encodeNpz({
    images: { dtype: 'float32', shape: [count, 1, side, side], data: images },
    labels: {
      dtype: 'int32',
      shape: [count],
      data: Int32Array.from({ length: count }, (_, i) => i % classes),
    },
  }),
);

async function exported(name: string): Promise<string> {
  const file = folder.path(`${name}.onnx`);
  const { model } = await freshModel(name, { channels: 1, height: side, width: side, classes });
  writeFileSync(file, writeModel(model));
  return file;
}

const scoring = ['--data', data, '--batch', `${count}`];
const pruning = ['--data', data, '--remove', '25%', '--rounds', '1', '--batch', `${count}`];

test.each(['nsl-dynamic', 'pi-net'])(
  '%s is pruned, and what is left computes the same as with zeros',
  async name => {
    const small = folder.path(`${name}-small.onnx`);
    const { stdout } = await done('prune', await exported(name), ...pruning, '-o', small);
    expect(stdout).toMatch(
      /removed and zeroed differ by (0\.0e\+0|[\d.]+e-[6-9]) of the largest output/,
    );
    expect(existsSync(small)).toBe(true);
  },
);

test('static similarity is pruned once its measure is folded into the kernels', async () => {
  const [model, plain, small] = [
    await exported('nsl-static'),
    folder.path('plain.onnx'),
    folder.path('nsl-static-small.onnx'),
  ];
  expect(await complaint('prune', model, ...pruning, '-o', small)).toMatch(
    /the weight of node 'conv1\.1' \(Conv\) is computed, not stored; nads fold stores/,
  );
  expect(existsSync(small)).toBe(false);
  await done('fold', model, '-o', plain);
  await done('prune', plain, ...pruning, '-o', small);
  expect(existsSync(small)).toBe(true);
});

test.each(['nsl-dynamic', 'pi-net-relu'])('%s has scores', async name => {
  const { stdout } = await done('score', await exported(name), ...scoring, '--json');
  const [{ scores }] = JSON.parse(stdout) as { scores: Record<string, { mean: number }> }[];
  for (const score of ['naswot', 'grad_norm', 'snip', 'jacob_cov'])
    expect(Number.isFinite(scores[score].mean)).toBe(true);
});

test('a network without activations has no code to score and says so, but other scores', async () => {
  const model = await exported('pi-net');
  expect(await complaint('score', model, ...scoring)).toMatch(
    /no activation whose units are on or off was found/,
  );
  const { stdout } = await done('score', model, ...scoring, '--scores', 'grad_norm');
  expect(stdout).toMatch(/^grad_norm +\d/m);
});
