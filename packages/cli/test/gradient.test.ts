import { readFileSync, writeFileSync } from 'node:fs';
import { decodeNpy, encodeNpy } from '@nads/dataset';
import { attributes, inDoublePrecision, node, readModel, writeModel, type Model } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { convolution, modelOf, network, rest, value } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const [file, out] = [folder.path('m.onnx'), folder.path('grad.onnx')];

const points = Float32Array.from({ length: 2 * 64 }, (_, i) => Math.cos(1.7 * i));

function write(model: Model): void {
  writeFileSync(file, writeModel(model));
}

beforeAll(() => {
  const array = { dtype: 'float32' as const, shape: [2, 1, 8, 8], data: points };
  writeFileSync(folder.path('x.npy'), encodeNpy(array));
});

test('the written model gives vector–Jacobian products', async () => {
  write(network());
  const { stdout } = await done('gradient', file, '--force', '-o', out);
  expect(stdout).toContain("feed 'seed/y', read 'gradient/x'");
  const session = await nodeRuntime.createSession(readFileSync(out));
  expect(session.inputs).toEqual(['x', 'seed/y']);
  const seed = { type: 'float32' as const, dims: [2, 2], data: Float32Array.of(1, 0, 0, 2) };
  const x = { type: 'float32' as const, dims: [2, 1, 8, 8], data: points };
  const { 'gradient/x': gradient } = await session.run({ x, 'seed/y': seed });
  await done(
    'probe',
    file,
    '--points',
    folder.path('x.npy'),
    '--kind',
    'gradient',
    '-o',
    folder.path('g.npy'),
  );
  const { shape, data } = decodeNpy(readFileSync(folder.path('g.npy')), 'g');
  expect(shape).toEqual([2, 2, 1, 8, 8]);
  for (let j = 0; j < 64; j++) {
    expect(gradient.data[j]).toBeCloseTo(Number(data[j]), 5); // image 0, output 0
    expect(gradient.data[64 + j]).toBeCloseTo(2 * Number(data[3 * 64 + j]), 5); // image 1, output 1
  }
});

test('exact gradients are the limit of secants', async () => {
  write(network());
  const options = ['--points', folder.path('x.npy'), '-o', folder.path('s.npy')];
  await done('probe', file, ...options, '--step', '0.001');
  await done(
    'probe',
    file,
    '--points',
    folder.path('x.npy'),
    '--kind',
    'gradient',
    '--outputs',
    '1',
    '-o',
    folder.path('exact.npy'),
  );
  const secants = decodeNpy(readFileSync(folder.path('s.npy')), 's');
  const gradients = decodeNpy(readFileSync(folder.path('exact.npy')), 'g');
  expect(gradients.shape).toEqual([2, 1, 1, 8, 8]);
  for (let j = 0; j < 64; j++)
    expect(Number(gradients.data[64 + j])).toBeCloseTo(Number(secants.data[(2 + 1) * 64 + j]), 2);
});

test('weights, outputs kept, forward mode', async () => {
  write(network());
  await done('gradient', file, '--wrt', 'parameters', '--keep-outputs', '--force', '-o', out);
  const names = readModel(readFileSync(out)).graph.outputs.map(({ name }) => name);
  expect(names).toEqual(['y', 'gradient/kernel', 'gradient/matrix', 'gradient/bias']);
  await done('gradient', file, '--mode', 'forward', '--force', '-o', out);
  const { graph } = readModel(readFileSync(out));
  expect(graph.inputs.map(({ name }) => name)).toEqual(['x', 'tangent/x']);
  expect(graph.outputs.map(({ name }) => name)).toEqual(['tangent/y']);
});

test('images that a model takes channels last come as channels first', async () => {
  const nodes = [
    node('Transpose', ['x'], ['t'], attributes({ perm: [0, 3, 1, 2] })),
    convolution('t'),
    ...rest(),
  ];
  const colour = modelOf(nodes, { inputs: [value('x', ['N', 8, 8, 1])] });
  write(colour);
  const probe = ['--points', folder.path('x.npy'), '--kind', 'gradient', '-o'];
  await done('probe', file, ...probe, folder.path('last.npy'));
  write(network());
  await done('probe', file, ...probe, folder.path('first.npy'));
  expect(readFileSync(folder.path('last.npy'))).toEqual(readFileSync(folder.path('first.npy')));
});

test('what has no gradient is one line with the node and what to do', async () => {
  write(network([node('Unheard', ['conv'], ['h'])]));
  expect(await complaint('gradient', file, '--force', '-o', out)).toMatch(
    /m\.onnx: .*the gradient of this operator is not implemented; secants need no gradient/,
  );
  write(
    modelOf([convolution(), node('ArgMax', ['conv'], ['y'])], {
      outputs: [value('y', undefined, 'int64')],
    }),
  );
  expect(await complaint('gradient', file, '--force', '-o', out)).toMatch(
    /'y' holds integers \(int64\)/,
  );
  const quantised = [
    node('QuantizeLinear', ['conv', 'scale'], ['q']),
    node('DequantizeLinear', ['q', 'scale'], ['h']),
  ];
  const scale = { type: 'float32' as const, dims: [], data: Float32Array.of(0.1) };
  write(network(quantised, { initializers: { scale } }));
  expect(await complaint('gradient', file, '--force', '-o', out)).toMatch(
    /'q' \(QuantizeLinear\).*float model/,
  );
  write(network());
  expect(await complaint('gradient', file, '--wrt', 'nobody', '--force', '-o', out)).toMatch(
    /no value 'nobody'/,
  );
  expect(
    await complaint(
      'probe',
      file,
      '--points',
      folder.path('x.npy'),
      '--kind',
      'gradient',
      '--outputs',
      '2',
      '-o',
      out,
    ),
  ).toMatch(/--outputs: output 2 is out of range, 0 to 1/);
});

test('a free size is asked for', async () => {
  write(
    modelOf(
      [convolution(), node('GlobalAveragePool', ['conv'], ['p']), node('Flatten', ['p'], ['y'])],
      {
        inputs: [value('x', ['N', 1, 'h', 'w'])],
        outputs: [value('y', ['N', 3])],
      },
    ),
  );
  expect(await complaint('gradient', file, '--force', '-o', out)).toMatch(
    /--size: .* leaves the image size free; give one, as in --size 224/,
  );
  await done('gradient', file, '--size', '8', '--force', '-o', out);
  expect(readModel(readFileSync(out)).graph.inputs[0].dims).toEqual(['N', 1, 8, 8]);
});

test('a derivative is run once before it is written', async () => {
  write(network());
  const { stdout } = await done('gradient', file, '--force', '-o', out, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ ran: true });
  const doubled = inDoublePrecision(network()); // there is no convolution in double precision
  write(doubled);
  const before = readFileSync(out);
  expect(await complaint('gradient', file, '--force', '-o', out)).toMatch(
    /m\.onnx: the derivative does not run on onnxruntime.*Conv/,
  );
  expect(readFileSync(out)).toEqual(before);
});

test('a derivative that is not run for free sizes is written with a warning', async () => {
  write(
    modelOf([node('Relu', ['x'], ['y'])], {
      inputs: [value('x', ['N', 'length'])],
      outputs: [value('y', ['N', 'length'])],
    }),
  );
  const { stdout, stderr } = await done('gradient', file, '--force', '-o', out, '--json');
  expect(stderr).toBe(
    `warning: ${file}: the derivative was not run to check it: sizes of its inputs are free\n`,
  );
  expect(JSON.parse(stdout)).toMatchObject({ ran: false });
});

test('a derivative of very many nodes is not run either', async () => {
  const names = ['x', ...Array.from({ length: 3_999 }, (_, i) => `v${i}`), 'y'];
  const chain = names.slice(1).map((name, i) => node('Relu', [names[i]], [name]));
  write(
    modelOf(chain, {
      inputs: [value('x', [1, 4])],
      outputs: [value('y', [1, 4])],
    }),
  );
  const { stderr } = await done('gradient', file, '--force', '-o', out);
  expect(stderr).toMatch(/^warning: .*: it has 1\d{4} nodes\n$/);
});
