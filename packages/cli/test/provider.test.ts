import { existsSync, writeFileSync } from 'node:fs';
import { encodeNpy, encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { encodePng } from '@nads/report';
import { nodeRuntime } from '@nads/runtime/node';
import { architectureOf, freshNetwork } from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { writeModel } from '@nads/onnx';
import { complaint, done, nads, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const out = folder.path('out');
const [lenet, points, picture, data] = ['lenet.onnx', 'x.npy', 'x.png', 'data.npz'].map(name =>
  folder.path(name),
);
const [count, side] = [4, 32];

beforeAll(async () => {
  await chooseBackend('cpu');
  const sizes = { channels: 1, height: side, width: side, classes: 2 };
  const { onnx } = freshNetwork(architectureOf('lenet'), sizes, { random: new Random(1) });
  const random = new Random('noise');
  const noise = Float32Array.from({ length: count * side * side }, () => random.next());
  const images = { dtype: 'float32', shape: [count, 1, side, side], data: noise } as const;
  const labels = { dtype: 'int32', shape: [count], data: Int32Array.of(0, 1, 0, 1) } as const;
  const grey = Uint8Array.from({ length: side * side }, (_, i) => i % 256);
  writeFileSync(lenet, writeModel(onnx));
  writeFileSync(points, encodeNpy(images));
  writeFileSync(data, encodeNpz({ images, labels }));
  writeFileSync(picture, encodePng({ width: side, height: side, data: grey }));
});

/** Apple's and Microsoft's are each in the builds for their own systems only. */
const elsewhere = process.platform === 'darwin' ? 'dml' : 'coreml';

/** Every command that has the option, with what it needs besides. */
const uses: readonly (readonly string[])[] = [
  ['estimate', '--networks', '1', '--out', out],
  ['estimate', '--probe', 'mixed', '--save', '1', '--quiet', '--out', out],
  ['margin', '--data', data, '--images', '2', '--blocks', '0', '--classes', '2', '--out', out],
  ['ntk', '--data', data, '--images', '2', '--out', out],
  ['probe', '--points', points, '-o', out],
  ['probe', '--points', points, '--probe', 'gradient', '-o', out],
  ['prune', '--remove', '10%', '--rounds', '1', '-o', out],
  ['prune', '--data', data, '--oracle'],
  ['saliency', '--image', picture, '--method', 'gradient', '--out', out],
];

test.each(uses)(
  '%s: a provider that onnxruntime lacks on this system is named, and nothing is written',
  async (command, ...rest) => {
    expect(await complaint(command, lenet, ...rest, '--provider', elsewhere)).toMatch(
      new RegExp(`has no provider '${elsewhere}'; it has cpu`),
    );
    // what a run that was to be continued has begun with is no result
    for (const file of ['nads.npz', 'margins.csv', 'ntk.npz', 'saliency.json'])
      expect(existsSync(`${out}/${file}`)).toBe(false);
    if (rest.includes('-o')) expect(existsSync(out)).toBe(false);
  },
);

test('what is only printed names what it ran on', async () => {
  const run = async (...words: readonly string[]): Promise<unknown> =>
    JSON.parse((await done(...words, '--json', '--provider', 'cpu')).stdout);
  const ran = { runtime: nodeRuntime.name };
  expect(await run('probe', lenet, '--points', points, '-o', folder.path('s.npy'))).toMatchObject(
    ran,
  );
  expect(
    await run('prune', lenet, '--data', data, '--images', '2', '--batch', '2', '--oracle'),
  ).toMatchObject(ran);
});

test.each(['degree', 'elasticity', 'gradient', 'inspect', 'score'])(
  '%s does not offer what would have no effect, or could not be compared',
  async command => {
    const { code, stderr } = await nads(command, lenet, '--provider', 'cpu');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/unknown option '--provider'/)]);
  },
);

test.each([
  ['estimate', '--networks', '1'],
  ['margin', '--data', 'x'],
])('%s: workers elsewhere have providers of their own', async (command, ...rest) => {
  const queue = ['--queue', 'redis://localhost', '--store', out];
  expect(
    await complaint(command, lenet, ...rest, '--out', out, '--provider', 'cuda', ...queue),
  ).toMatch(/--provider has no effect with --queue/);
});

test('groups are found without a run', async () => {
  const groups = ['prune', lenet, '--groups', folder.path('groups.json'), '--provider', 'cuda'];
  expect(await complaint(...groups)).toMatch(/--provider has no effect with --groups alone/);
  expect((await nads(...groups, '--oracle')).stderr).not.toMatch(/no effect/);
});
