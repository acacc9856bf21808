import { expectClose } from '@nads/testing';
import { differentiate } from '../../src/gradient/differentiate.js';
import type { Node } from '../../src/graph.js';
import { floats, integers, tensorOf, type Tensor } from '../../src/tensor.js';
import { evaluate } from './expect-gradients.js';
import { n, network } from './network.js';

/** Gradients of Σ y of the given order, by name of the result; every one must be a number. */
async function gradientAt(
  nodes: readonly Node[],
  x: Tensor,
  constants: Record<string, Tensor> = {},
  order = 1,
): Promise<number[]> {
  let model = network(17, nodes, constants, x.dims, x.type);
  const feeds = new Map([['x', x]]);
  let found = '';
  for (let i = 0; i < order; i++) {
    const output = i === 0 ? 'y' : found;
    const [{ tensor }] = (await evaluate(model, feeds)).filter(({ name }) => name === output);
    const derived = differentiate(model, { wrt: ['x'], of: [output] });
    const ones = Array.from(tensor.data as Float64Array, () => 1);
    feeds.set(derived.seeds[0], tensorOf(x.type, tensor.dims, ones));
    model = derived.model;
    [found] = derived.gradients;
  }
  const results = await evaluate(model, feeds);
  return [...(results.find(({ name }) => name === found)!.tensor.data as Float64Array)];
}

const double = (dims: readonly number[], data: readonly number[]): Tensor =>
  tensorOf('float64', dims, data);

/** 0 and (3, 4): one row at the kink of a norm, one with slope (0.6, 0.8). */
const rows = double([2, 2], [0, 0, 3, 4]);
const squares = n('Mul', 'x x', 'squares');
const sum = n('ReduceSum', 'squares axes', 'sum');
const axes = integers([1]);

const norms: [string, Node[], Record<string, Tensor>][] = [
  ['ReduceL2', [n('ReduceL2', 'x', 'y', { axes: [1] })], {}],
  ['Sqrt', [squares, sum, n('Sqrt', 'sum', 'y')], { axes }],
  ['Pow', [squares, sum, n('Pow', 'sum half', 'y')], { axes, half: double([], [0.5]) }],
  [
    'Pow by a list',
    [squares, sum, n('Pow', 'sum half', 'y')],
    { axes, half: double([2, 1], [0.5, 0.5]) },
  ],
  [
    'Pow of Pow',
    [n('Pow', 'x two', 'squares'), sum, n('Pow', 'sum half', 'y')],
    { axes, half: double([], [0.5]), two: double([], [2]) },
  ],
];

test.each(norms)('the slope of a norm at 0 is 0: %s', async (_, nodes, constants) => {
  expectClose(await gradientAt(nodes, rows, constants), [0, 0, 0.6, 0.8], { atol: 1e-12 });
  const [a, b, c, d] = await gradientAt(nodes, rows, constants, 2);
  // H·1 = (1 − u uᵀ)1 / ‖x‖ for u = (0.6, 0.8)
  expectClose([c, d], [(1 - 0.6 * 1.4) / 5, (1 - 0.8 * 1.4) / 5], { atol: 1e-12 });
  expect([a, b].every(Number.isFinite)).toBe(true);
});

const divisors: [string, Node[]][] = [
  ['Clip', [n('Clip', 'norm least', 'kept')]],
  ['Max', [n('Max', 'norm least', 'kept')]],
  ['Add', [n('Add', 'norm least', 'kept')]],
];

const named = (name: string) => ({ name, outputs: [name] });

describe.each(norms)('x / ‖x‖ by %s', (_, nodes, constants) => {
  test.each(divisors)('is x divided by the least norm at 0: %s', async (_, divisor) => {
    const norm = nodes.map(one => (one.outputs[0] === 'y' ? { ...one, ...named('norm') } : one));
    const least = double([], [0.5]);
    const found = await gradientAt(
      [...norm, ...divisor, n('Div', 'x kept', 'y')],
      double([2, 2], [0, 0, 0, 8]),
      { ...constants, least },
    );
    expectClose(found.slice(0, 2), [2, 2], { atol: 1e-12 });
  });
});

test.each([1, 2])('LpNormalization of nothing has slope 0: p = %i', async p => {
  const x = floats([2, 2], [0, 0, 0, 4]);
  const found = await gradientAt([n('LpNormalization', 'x', 'y', { p, axis: 1 })], x);
  expectClose(found, [0, 0, 0.25, 0], { atol: 1e-6 });
});

test('x⁰ is flat, x¹ is not; roots are flat at 0', async () => {
  const pow = (power: number) => ({ power: double([], [power]) });
  const at = (power: number) =>
    gradientAt([n('Pow', 'x power', 'y')], double([2], [0, 4]), pow(power));
  expect(await at(0)).toEqual([0, 0]);
  expect(await at(1)).toEqual([1, 1]);
  expect(await at(0.5)).toEqual([0, 0.25]);
  expect(await at(2)).toEqual([0, 8]);
});

test('ReduceLogSumExp of −∞ only is flat', async () => {
  const x = double([2, 2], [-Infinity, -Infinity, 0, 0]);
  const found = await gradientAt([n('ReduceLogSumExp', 'x', 'y', { axes: [1] })], x);
  expectClose(found, [0, 0, 0.5, 0.5], { atol: 1e-12 });
});

test.each(['GlobalLpPool', 'MeanVarianceNormalization'])('%s of a black image', async operator => {
  const x = floats([1, 2, 2, 2], [0, 0, 0, 0, 1, 2, 3, 5]);
  const found = await gradientAt([n(operator, 'x', 'y')], x);
  expect(found.every(Number.isFinite)).toBe(true);
  expect(found.slice(0, 4)).toEqual([0, 0, 0, 0]);
});
