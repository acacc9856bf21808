import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import {
  attributes,
  floats,
  integers,
  node,
  readModel,
  writeModel,
  type Model,
  type Node,
} from '@nads/onnx';
import { network, rest, weights } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const [file, out] = [folder.path('m.onnx'), folder.path('folded.onnx')];

const measure = weights(9, 9);

/** A convolution whose kernel is W M, behind it what a small network has. */
function measured(nodes: readonly Node[]): Model {
  const base = network([], {
    initializers: { measure, rows: integers([3, 1, 9]), shape: integers([3, 1, 3, 3]) },
  });
  const layer = node(
    'Conv',
    ['x', 'w'],
    ['conv'],
    attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
    { name: 'first' },
  );
  return { ...base, graph: { ...base.graph, nodes: [...nodes, layer, ...rest()] } };
}

const product = [
  node('Reshape', ['kernel', 'rows'], ['flat rows']),
  node('MatMul', ['flat rows', 'measure'], ['product']),
  node('Reshape', ['product', 'shape'], ['w']),
];

test('a kernel W M becomes a plain kernel, computed by hand', async () => {
  writeFileSync(file, writeModel(measured(product)));
  const { stdout } = await done('fold', file, '-o', out);
  expect(stdout).toMatch(
    /1 weight folded, 7 nodes became 4; (outputs are the same|outputs differ by at most \d\.\de-\d+ of the largest)\n {2}first: \[3,1,3,3\] from 'kernel', 'measure'\n$/,
  );
  const { graph } = readModel(readFileSync(out), out);
  expect(graph.nodes.map(({ operator }) => operator)).toEqual(['Conv', 'Relu', 'Flatten', 'Gemm']);
  expect([...graph.initializers.keys()].toSorted()).toEqual(['bias', 'matrix', 'w']);
  const kernel = weights(3, 1, 3, 3).data as Float32Array;
  const matrix = measure.data as Float32Array;
  const found = graph.initializers.get('w')!.data as Float32Array;
  for (let filter = 0; filter < 3; filter++)
    for (let j = 0; j < 9; j++) {
      let sum = 0;
      for (let i = 0; i < 9; i++) sum += kernel[filter * 9 + i] * matrix[i * 9 + j];
      expect(found[filter * 9 + j]).toBeCloseTo(sum, 5);
    }
});

test('what was folded is printed as JSON', async () => {
  const norm = [node('Mul', ['kernel', 'scale'], ['scaled']), node('Neg', ['scaled'], ['w'])];
  const model = measured(norm);
  const initializers = new Map([
    ...model.graph.initializers,
    ['scale', floats([3, 1, 1, 1], [1, 2, 3])] as const,
  ]);
  writeFileSync(file, writeModel({ ...model, graph: { ...model.graph, initializers } }));
  const { stdout } = await done('fold', file, '-o', out, '--json', '--force');
  expect(JSON.parse(stdout)).toMatchObject({
    nodes: 4,
    weights: [{ name: 'w', dims: [3, 1, 3, 3], layers: ['first'], constants: ['kernel', 'scale'] }],
  });
});

test('a model without computed weights is refused, and nothing is written', async () => {
  writeFileSync(file, writeModel(network()));
  const nowhere = folder.path('nothing.onnx');
  expect(await complaint('fold', file, '-o', nowhere)).toMatch(
    /m\.onnx: no weight is computed from constants, so there is nothing to fold/,
  );
  expect(existsSync(nowhere)).toBe(false);
  expect(await complaint('fold', file, '-o', file)).toMatch(/m\.onnx/);
});

test('a weight that only stands in another order stays', async () => {
  const model = measured([node('Mul', ['kernel', 'kernel'], ['w'])]);
  const linear = [
    node('Transpose', ['matrix'], ['turned']),
    node('MatMul', ['flat', 'turned'], ['y']),
  ];
  const nodes = [...model.graph.nodes.slice(0, -1), ...linear];
  writeFileSync(file, writeModel({ ...model, graph: { ...model.graph, nodes } }));
  await done('fold', file, '-o', out, '--force');
  const { graph } = readModel(readFileSync(out), out);
  expect(graph.nodes.map(({ operator }) => operator)).toContain('Transpose');
  expect([...graph.initializers.keys()].toSorted()).toEqual(['matrix', 'w']);
});
