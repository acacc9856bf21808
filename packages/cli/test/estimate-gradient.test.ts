import { readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz, type NdArray } from '@nads/dataset';
import { attributes, node, writeModel } from '@nads/onnx';
import { expectClose } from '@nads/testing';
import { estimateIn } from '../src/estimate/estimate-in.js';
import { modelOf, network, weights } from './make-model.js';
import { noWorkers } from './no-workers.js';
import { done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const small = folder.path('small.onnx');
writeFileSync(small, writeModel(network()));
const linear = folder.path('linear.onnx');
writeFileSync(
  linear,
  writeModel(
    modelOf(
      [
        node('Flatten', ['x'], ['flat']),
        node('Gemm', ['flat', 'first'], ['hidden'], attributes({ transB: 1 })),
        node('Gemm', ['hidden', 'second'], ['y'], attributes({ transB: 1 })),
      ],
      { initializers: { first: weights(5, 64), second: weights(2, 5) } },
    ),
  ),
);
const tanh = folder.path('tanh.onnx');
writeFileSync(
  tanh,
  writeModel(
    modelOf([
      node(
        'Conv',
        ['x', 'kernel'],
        ['conv'],
        attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
      ),
      node('Tanh', ['conv'], ['tanh']),
      node('Flatten', ['tanh'], ['flat']),
      node('Gemm', ['flat', 'matrix', 'bias'], ['y'], attributes({ transB: 1 })),
    ]),
  ),
);

const run = (file: string, out: string, ...args: string[]) =>
  done('estimate', file, '--out', folder.path(out), '--workers', '1', '--networks', '4', ...args);
const arraysOf = (out: string): Map<string, NdArray> =>
  decodeNpz(readFileSync(folder.path(out, 'nads.npz')));
const numbers = (array?: NdArray): number[] => Array.from(array!.data as Float64Array);
const eigenvaluesOf = (out: string): number[] => numbers(arraysOf(out).get('eigenvalues'));
const summaryOf = (out: string) => JSON.parse(readFileSync(folder.path(out, 'nads.json'), 'utf8'));
const gradient = ['--probe', 'gradient'];

test.each(['marginalised', 'sampled', 'outputs'])(
  'of a linear network secants are gradients, head %s',
  async head => {
    const both = ['--head', head, '--symmetry', 'none', '--tails', '1'];
    await run(linear, `secant-${head}`, ...both);
    await run(linear, `gradient-${head}`, ...both, ...gradient);
    const expected = eigenvaluesOf(`secant-${head}`);
    expect(expected[3]).toBeGreaterThan(1e-3 * expected[0]);
    expectClose(eigenvaluesOf(`gradient-${head}`), expected, { rtol: 1e-4, atol: 1e-6 });
    const [nads, others] = [`gradient-${head}`, `secant-${head}`].map(out =>
      numbers(arraysOf(out).get('nads')).slice(0, 3 * 64),
    );
    expectClose(nads, others, { rtol: 0, atol: 1e-3 });
  },
);

test.each(['pixels', 'dct:3', 'blocks:2'])(
  'of a smooth network they are the limit of small steps, along %s',
  async basis => {
    const both = ['--symmetry', 'none', '--basis', basis];
    await run(tanh, `step-${basis}`, ...both, '--step', '0.01');
    await run(tanh, `limit-${basis}`, ...both, ...gradient);
    const expected = eigenvaluesOf(`step-${basis}`);
    expectClose(eigenvaluesOf(`limit-${basis}`), expected, {
      rtol: 2e-3,
      atol: 2e-3 * expected[0],
    });
  },
);

test('an estimate says what was probed, in words and in nads.json', async () => {
  const { stderr } = await run(small, 'said', ...gradient);
  expect(stderr).toMatch(/^probe +exact gradients, 1 point\(s\)$/m);
  expect(stderr).toMatch(/^tails +1 for each network: another would cost as much as a network$/m);
  expect(stderr).toMatch(/^cost +192 backward passes of /m);
  expect(stderr).toMatch(/^symmetries +group of 1 \(not averaged over: a gradient depends on/m);
  const { settings, symmetry } = summaryOf('said');
  expect(settings).toMatchObject({ probe: 'gradient', step: null, tails: 1 });
  expect(symmetry).toMatchObject({ order: 1, note: expect.stringMatching(/^not averaged/) });
});

test('the mean over drawn points is averaged over symmetries', async () => {
  await run(small, 'points', ...gradient, '--points', '3');
  expect(summaryOf('points').symmetry).toMatchObject({ order: 8 });
});

test('bytes do not depend on the number of workers, nor on a stop and --resume', async () => {
  const settings = [...gradient, '--basis', 'dct:4', '--seed', '3'];
  await run(small, 'one', ...settings);
  await run(small, 'two', ...settings, '--workers', '2');
  await run(small, 'resumed', ...settings, '--networks', '2');
  await run(small, 'resumed', ...settings, '--resume');
  for (const name of ['nads.npz', 'nads.json', 'tally.npz', 'gallery.png'])
    for (const other of ['two', 'resumed'])
      expect(
        readFileSync(folder.path(other, name)).equals(readFileSync(folder.path('one', name))),
      ).toBe(true);
});

const defaults = { networks: 9, points: 1, top: 10, maxNetworks: 1000, quiet: true } as const;

test('sums of secants are not gone on with for gradients', async () => {
  await run(small, 'secants');
  const options = { ...defaults, out: folder.path('secants'), resume: true };
  await expect(estimateIn(noWorkers, small, { ...options, probe: 'gradient' })).rejects.toThrow(
    /another probe \(secant, now gradient\); give the same settings, another `out`, or `force` to begin again$/,
  );
});

test.each([
  [{ step: 3 }, /`step`: gradients have no step; leave it out with `probe` gradient$/],
  [{ tails: 3 }, /`tails`: with `probe` gradient a tail costs as much as a network/],
])('%p means nothing to gradients and is refused', async (setting, message) => {
  const options = {
    ...defaults,
    ...setting,
    probe: 'gradient',
    out: folder.path('never'),
  } as const;
  await expect(estimateIn(noWorkers, small, options)).rejects.toThrow(message);
});

test('an operator without a gradient is named, with the way out', async () => {
  const unknown = folder.path('unknown.onnx');
  const nodes = [
    node('Det', ['x'], ['volume'], new Map(), { name: 'fold' }),
    node('Gemm', ['volume', 'w'], ['y'], attributes({ transB: 1 })),
  ];
  writeFileSync(unknown, writeModel(modelOf(nodes, { initializers: { w: weights(2, 1) } })));
  const options = { ...defaults, probe: 'gradient', out: folder.path('never') } as const;
  await expect(estimateIn(noWorkers, unknown, options)).rejects.toThrow(
    /unknown.onnx: .*'fold' \(Det\).*; use `probe` secant$/,
  );
});
