import { Random } from '@nads/linalg';
import {
  batchDims,
  imageInput,
  inferShapes,
  macs,
  parameters,
  sizeOf,
  type Model,
} from '@nads/onnx';
import {
  allCells,
  architectureOf,
  distinctCells,
  formatCell,
  freshNetwork,
  isomorphismKey,
  parseCell,
  someBackend,
} from '../src/index.js';

beforeAll(async () => void (await someBackend()));

const sizes = { channels: 3, height: 32, width: 32, classes: 10 };
const networkOf = (cell: string): Model =>
  freshNetwork(architectureOf(`cell:${cell}`), sizes, { random: new Random(1) }).onnx;

const largest =
  '|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|';

test('cells are read as they are written', () => {
  const cells = allCells();
  expect(cells).toHaveLength(15_625);
  expect(new Set(cells.map(formatCell)).size).toBe(15_625);
  for (const cell of cells.filter((_, i) => i % 97 === 0))
    expect(parseCell(formatCell(cell))).toEqual(cell);
});

test.each([
  [
    '|conv~0|+|none~0|none~1|+|none~0|none~1|none~2|',
    /unknown operation 'conv'; expected one of none, skip_connect, /,
  ],
  ['|none~0|+|none~0|none~1|', /is no cell; expected \|op~0\|\+/],
  ['|none~0|+|none~1|none~0|+|none~0|none~1|none~2|', /is no cell/],
])('%s is refused', (text, problem) => expect(() => parseCell(text)).toThrow(problem));

test('6,466 cells differ, as the benchmark says', () => {
  expect(distinctCells()).toHaveLength(6466);
});

// parameters and multiply–accumulates that NAS-Bench-201 publishes for these cells, in millions
test.each([
  [largest, 1.531546, 220.11968],
  ['|none~0|+|none~0|none~1|+|none~0|none~1|none~2|', 0.073306, 7.78304],
])('%s is as large as the benchmark says', (cell, size, products) => {
  const model = networkOf(cell);
  const inference = inferShapes(model, { x: batchDims(imageInput(model), 1) });
  const count = parameters(model.graph, inference).reduce(
    (sum, name) => sum + sizeOf(inference.get(name)!.dims!),
    0,
  );
  expect([count / 1e6, macs(model.graph, inference) / 1e6]).toEqual([size, products]);
});

test('isomorphic cells are the same network, without what the output does not depend on', () => {
  const plain = '|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|';
  const dead = '|nor_conv_1x1~0|+|none~0|avg_pool_3x3~1|+|nor_conv_3x3~0|none~1|none~2|';
  const skipping = '|skip_connect~0|+|none~0|skip_connect~1|+|none~0|none~1|nor_conv_3x3~2|';
  const shape = (cell: string): string[] => networkOf(cell).graph.nodes.map(one => one.operator);
  expect(shape(dead)).toEqual(shape(plain));
  expect(shape(skipping)).toEqual(shape(plain));
  expect(isomorphismKey(parseCell(skipping))).not.toBe(isomorphismKey(parseCell(largest)));
});

test('an unknown name lists what there is, cells too', () => {
  expect(() => architectureOf('lennet')).toThrow(/lenet, .*, or cell: and a cell of NAS-Bench-201/);
});
