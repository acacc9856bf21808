import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeNpy, encodeNpy } from '@nads/dataset';
import { attributes, floats, node, writeModel, type Model } from '@nads/onnx';
import { expectClose } from '@nads/testing';
import { convolution, modelOf, network, rest, value } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const matrix = Float32Array.from({ length: 2 * 64 }, (_, i) => Math.cos(i));
/** y = W·x + b of images of 8×8, so that every secant is W. */
const linear = modelOf(
  [
    node('Flatten', ['x'], ['flat']),
    node('Gemm', ['flat', 'w', 'bias'], ['y'], attributes({ transB: 1 }), { name: 'linear' }),
  ],
  { initializers: { w: floats([2, 64], matrix) } },
);

function saved(name: string, model: Model): string {
  writeFileSync(folder.path(name), writeModel(model));
  return folder.path(name);
}

function points(name: string, shape: number[], fill?: number): string {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: size }, (_, i) => fill ?? Math.sin(i));
  writeFileSync(folder.path(name), encodeNpy({ dtype: 'float32', shape, data }));
  return folder.path(name);
}

const file = saved('linear.onnx', linear);
const three = points('three.npy', [3, 1, 8, 8]);
const out = folder.path('s.npy');

const secantsOf = (path: string) => decodeNpy(readFileSync(path), path);

test('writes the secants of a linear layer, which are its weights', async () => {
  const { stdout } = await done('probe', file, '--points', three, '-o', out);
  expect(stdout).toBe(`[3, 2, 64], written to ${out}\n`);
  const { dtype, shape, data } = secantsOf(out);
  expect([dtype, shape]).toEqual(['float32', [3, 2, 64]]);
  expectClose(data as Float32Array, [...matrix, ...matrix, ...matrix], { rtol: 1e-4, atol: 1e-5 });
});

test('of some outputs only', async () => {
  await done('probe', file, '--points', three, '--outputs', '1', '--force', '-o', out);
  const { shape, data } = secantsOf(out);
  expect(shape).toEqual([3, 1, 64]);
  const second = [...matrix.subarray(64)];
  expectClose(data as Float32Array, [...second, ...second, ...second], { rtol: 1e-4, atol: 1e-5 });
  expect(
    await complaint('probe', file, '--points', three, '--outputs', '2', '-o', `${out}.two`),
  ).toBe(`${file}: --outputs: output 2 is out of range, 0 to 1`);
});

test('secants of so small a step that float32 does not see it are warned of', async () => {
  const tiny = ['--step', '1e-20', '--force', '-o', out];
  const { stderr } = await done('probe', file, '--points', three, ...tiny);
  expect(stderr).toContain('warning: 100 % of the secants (of some of the first point) are below');
});

test('a folder in place of the file is told', async () => {
  expect(await complaint('probe', file, '--points', three, '-o', folder.path())).toMatch(
    /this is a folder, not a file; write somewhere else$/,
  );
});

test('of features, by any number of images in a run', async () => {
  const convolutional = saved('convolutional.onnx', network());
  const runs = ['1', '3', '64'].map(async batch => {
    const path = folder.path(`features-${batch}.npy`);
    const args = ['--points', three, '--of', 'features', '--batch', batch, '-o', path];
    await done('probe', convolutional, ...args);
    return secantsOf(path);
  });
  const [first, ...others] = await Promise.all(runs);
  expect(first.shape).toEqual([3, 192, 64]);
  for (const { data } of others)
    expectClose(data as Float32Array, first.data as Float32Array, { rtol: 1e-5, atol: 1e-5 });
});

test('gives each image a run of its own where the images of a batch mix', async () => {
  const centred = [
    node('ReduceMean', ['x'], ['mean'], attributes({ axes: [0], keepdims: 1 })),
    node('Sub', ['x', 'mean'], ['centred']),
  ];
  const mixing = saved('mixing.onnx', modelOf([...centred, convolution('centred'), ...rest()]));
  const one = points('one.npy', [1, 8, 8]);
  const path = folder.path('mixing.npy');
  await done('probe', mixing, '--points', one, '-o', path);
  // An image less its own mean over a batch of one is nothing, whatever the image.
  expect((secantsOf(path).data as Float32Array).every(x => x === 0)).toBe(true);
});

describe('refuses, and writes nothing,', () => {
  const never = folder.path('never.npy');
  const refusal = async (model: string, npy: string, ...args: string[]): Promise<string> => {
    const line = await complaint('probe', model, '--points', npy, '-o', never, ...args);
    expect(existsSync(never)).toBe(false);
    return line;
  };

  test('points of another shape', async () => {
    expect(await refusal(file, points('colour.npy', [2, 3, 8, 8]))).toMatch(
      /colour.npy: dims \[2,3,8,8\], the model takes images \[n, 1, 8, 8\]$/,
    );
  });

  test('no points, and points that are not finite', async () => {
    expect(await refusal(file, points('none.npy', [0, 1, 8, 8]))).toMatch(/hold no image$/);
    expect(await refusal(file, points('nan.npy', [1, 8, 8], NaN))).toMatch(/non-finite values$/);
  });

  test('a model without a linear head, where features are asked for', async () => {
    const headless = saved(
      'headless.onnx',
      modelOf([convolution(), node('Relu', ['conv'], ['y'])], {
        outputs: [value('y', ['N', 3, 8, 8])],
      }),
    );
    expect(await refusal(headless, three, '--of', 'features')).toMatch(
      /headless.onnx: --of: no features: .*; use --of outputs$/,
    );
  });

  test('a model that gives no finite numbers, naming the node', async () => {
    const log = node('Log', ['conv'], ['middle'], new Map(), { name: 'log_1' });
    expect(await refusal(saved('log.onnx', network([log])), three)).toMatch(
      /log.onnx: node 'log_1' \(Log\) gives NaN for a probe of step 100; try a smaller --step/,
    );
  });

  test('an integer output', async () => {
    const nodes = [convolution(), ...rest(), node('ArgMax', ['y'], ['z'])];
    const model = modelOf(nodes, { outputs: [value('z', ['N', 1], 'int64')] });
    expect(await refusal(saved('integer.onnx', model), three)).toMatch(
      /integer.onnx: no floating-point output: 'z' is int64/,
    );
  });

  test('to write where there is a file in the way', async () => {
    const path = folder.path('three.npy', 's.npy');
    expect(await complaint('probe', file, '--points', three, '-o', path)).toMatch(
      /three.npy is a file, not a folder; write somewhere else$/,
    );
  });
});
