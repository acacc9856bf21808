import { readdirSync, readFileSync } from 'node:fs';
import { attributes, float, getFloat, type AttributeLike } from '../src/attribute.js';
import { broadcasting } from '../src/families/broadcasting.js';
import { unary } from '../src/families/unary.js';
import { node, type Node } from '../src/graph.js';
import { imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
import type { Model } from '../src/model.js';
import type { Operator } from '../src/operator.js';
import { operatorOf } from '../src/operators/registry.js';
import { symmetries, type Symmetry } from '../src/symmetries.js';
import { Broken, type Axis, type Context, type Relabelling } from '../src/symmetry/context.js';
import { floats } from '../src/tensor.js';
import { buildModel, normal, runFirst } from './build-model.js';
import { disagreement } from './relabelled.js';

const folder = new URL('../src/operators/', import.meta.url);

/** Operators of the files that use a family. */
async function madeBy(family: string): Promise<Operator[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => new URL(file, folder))
    .filter(file => readFileSync(file, 'utf8').includes(`/families/${family}.js`));
  const modules = await Promise.all(
    files.map(async ({ href }) => (await import(href)) as Record<string, Operator>),
  );
  return modules.flatMap(Object.values).filter(value => typeof value === 'object');
}

const [unaries, broadcasters] = [await madeBy('unary'), await madeBy('broadcasting')];

/** Of bits and conditions, which are not for float32 images; and what onnxruntime lacks in every opset. */
const notForImages = new Set(['BitwiseNot', 'Not', 'IsInf', 'IsNaN']);

const opsets: Readonly<Record<string, number>> = {
  Affine: 1,
  Gelu: 20,
  Mish: 18,
  ParametricSoftplus: 1,
  ScaledTanh: 1,
  Swish: 24,
};

/** Attributes without defaults, or with those that would make a function odd. */
const settings: Readonly<Record<string, Record<string, AttributeLike>>> = {
  Affine: { alpha: float(0.7), beta: float(0.2) },
  ParametricSoftplus: { alpha: float(0.7), beta: float(1.2) },
  ScaledTanh: { alpha: float(0.7), beta: float(1.2) },
};

const onImages = unaries
  .filter(({ name }) => !notForImages.has(name))
  .map(({ name, domain = '' }) => [domain ? `${domain}.${name}` : name, name, domain] as const);

const opsetOf = (name: string, domain: string): number =>
  domain === '' ? (opsets[name] ?? 17) : 17;

function modelOf(nodes: readonly Node[], opset: number, dims = [4, 2, 6, 6]): Model {
  return buildModel({
    nodes,
    inputs: { x: dims },
    initializers: { w: normal([3, 72], 'w') },
    opset,
    model: {
      opsets: new Map([
        ['', opset],
        ['com.microsoft', 1],
      ]),
    },
  });
}

const applied = (name: string, domain = ''): Node =>
  node(name, ['x'], ['z'], attributes(settings[name] ?? {}), { domain });

/** What is known of an operator before a drawn layer. */
function analyse(first: Node, opset: number): Record<Relabelling, Symmetry> {
  const last = [node('Flatten', ['z'], ['f']), node('Gemm', ['f', 'w'], ['y'], transposed)];
  const model = modelOf([first, ...last], opset);
  const image = imageInput(model, { layout: 'NCHW' });
  const found = symmetries(model.graph, inferShapes(model), image, new Set(['w']));
  return Object.fromEntries(found.map(one => [one.relabelling, one])) as Record<
    Relabelling,
    Symmetry
  >;
}

const transposed = attributes({ transB: 1 });
const spatial = ['transposition', 'flip rows', 'flip columns'] as const;

describe('an operator of elements', () => {
  test.each([...unaries, ...broadcasters].map(operator => [operator.name, operator] as const))(
    '%s has a symmetry, and leaves axes as they are',
    (name, operator) => {
      const only = node(name, ['x'], ['z'], new Map(), { domain: operator.domain ?? '' });
      expect(attempt(operator, only, 'transposition')).toEqual(image);
      expect(operator.axes?.(only, 4)).toEqual([0, 1, 2, 3]);
    },
  );

  test('is most of what there is', () => {
    expect(unaries.length).toBeGreaterThan(40);
    expect(broadcasters.length).toBeGreaterThan(20);
  });

  test.each(onImages)('%s commutes with relabellings of pixels', async (_, name, domain) => {
    const found = analyse(applied(name, domain), opsetOf(name, domain));
    expect(spatial.filter(by => found[by].holds)).toEqual(spatial);
  });

  test.each(onImages)(
    '%s lets input channels be exchanged if and only if it is odd',
    async (_, name, domain) => {
      const opset = opsetOf(name, domain);
      const model = modelOf([applied(name, domain)], opset, [points.length]);
      const [plus, minus] = await Promise.all(
        [1, -1].map(sign =>
          runFirst(model, {
            x: floats(
              [points.length],
              points.map(x => sign * x),
            ),
          }),
        ),
      );
      const isOdd = plus.every((y, i) => isClose(minus[i], -y));
      expect(analyse(applied(name, domain), opset).channels.holds).toBe(isOdd);
    },
  );
});

const points = [0.1, 0.4, 0.7, 0.95, 1.3, 2.2, 3.7, 6.5];
const isClose = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));

test.each(['Tanh', 'Sin', 'Round', 'Shrink'])(
  '%s agrees with itself on relabelled images',
  async name => {
    const last = [node('Flatten', ['z'], ['f']), node('Gemm', ['f', 'w'], ['y'], transposed)];
    const model = modelOf([applied(name), ...last], 17);
    for (const by of [...spatial, 'channels'] as const) {
      const weights = { w: { seenAs: [3, 2, 6, 6], first: true } };
      expect(await disagreement(model, weights, by)).toBeLessThan(1e-4);
    }
  },
);

const image: readonly Axis[] = ['batch', 'channel', 'row', 'column'];

/** Axes of a result, or why it is not known; inputs named x… are images whose channels are apart. */
function attempt(operator: Operator, only: Node, relabelling: Relabelling) {
  const images = only.inputs.filter(name => name.startsWith('x'));
  const context: Context = {
    node: only,
    relabelling,
    inference: new Map([['c', { type: 'float32', dims: [] }]]),
    fresh: new Set(),
    axes: new Map(images.map(name => [name, image])),
    unmixed: new Set(images),
    orders: new Map(),
    ordered: new Set(),
    sides: { before: new Set(), behind: new Set() },
    makers: new Map(),
  };
  try {
    return operator.symmetry!(context);
  } catch (error) {
    if (error instanceof Broken) return error.message;
    throw error;
  }
}

describe('an operator that hands elements on, or acts on each by itself, commutes:', () => {
  const cases: [string, string, string[], boolean][] = [
    ['Identity', '', ['x'], true],
    ['Cast', '', ['x'], true],
    ['Dropout', '', ['x', 'c'], true],
    ['Clip', '', ['x', 'c', 'c'], false],
    ['PRelu', '', ['x', 'c'], false],
    ['Where', '', ['c', 'x', 'c'], false],
    ['Mod', '', ['x', 'c'], false],
    ['BiasGelu', 'com.microsoft', ['x', 'c'], false],
    ['FastGelu', 'com.microsoft', ['x', 'c'], false],
  ];

  test.each(cases)('%s', (name, domain, inputs, isOdd) => {
    const only = node(name, inputs, ['y'], new Map(), { domain });
    const operator = operatorOf(only)!;
    expect(attempt(operator, only, 'flip rows')).toEqual(image);
    expect(typeof attempt(operator, only, 'channels')).toBe(isOdd ? 'object' : 'string');
    expect(operator.axes?.(only, 4)).toEqual([0, 1, 2, 3]);
  });
});

describe('the sign of a new function is seen from it', () => {
  const bothSigns = 'it does not treat both signs of the input channels alike';

  test.each<[string, Operator, boolean]>([
    ['x e^(−x²)', unary('New', x => x * Math.exp(-x * x)), true],
    ['x³', unary('New', x => x ** 3), true],
    ['arctan x, of which constants are computed', unary('New', Math.atan, { exact: true }), true],
    ['x σ(x)', unary('New', x => x / (1 + Math.exp(-x))), false],
    ['x above 1000', unary('New', x => (x > 1000 ? x : 0)), false],
    [
      'x within ±10⁻³, beyond it that',
      unary('New', x => Math.max(-1e-3, Math.min(2e-3, x))),
      false,
    ],
    ['cos x', unary('New', Math.cos), false],
    ['whether x is 7', unary('New', x => Number(x === 7), { result: 'bool' }), false],
    ['what is not said', unary('New'), false],
  ])('%s', (_, operator, isOdd) => {
    const only = node('New', ['x'], ['y']);
    expect(attempt(operator, only, 'transposition')).toEqual(image);
    expect(attempt(operator, only, 'channels')).toEqual(isOdd ? image : bothSigns);
  });

  test.each([
    [0, true],
    [0.1, false],
  ])('x + β with β = %p', (beta, isOdd) => {
    const operator = unary('New', (x, one) => x + getFloat(one, 'beta', 0));
    const only = node('New', ['x'], ['y'], attributes({ beta: float(beta) }));
    expect(attempt(operator, only, 'channels')).toEqual(isOdd ? image : bothSigns);
  });

  const [sum, product] = [
    broadcasting('New', (a, b) => a + 2 * b),
    broadcasting('New', (a, b) => a * b ** 3),
  ];
  const [extreme, even] = [broadcasting('New', Math.max), broadcasting('New', (a, b) => a * b * b)];
  test.each<[string, Operator, string[], string | true]>([
    ['a sum of images', sum, ['x1', 'x2'], true],
    ['an image and a constant', sum, ['x1', 'c'], 'it shifts the input channels'],
    ['a constant and an image', sum, ['c', 'x1'], 'it shifts the input channels'],
    ['a product with a constant', product, ['x1', 'c'], true],
    ['a constant times an image', product, ['c', 'x1'], true],
    ['a product of images', product, ['x1', 'x2'], bothSigns],
    ['a square of a constant', even, ['x1', 'c'], true],
    ['the larger of images', extreme, ['x1', 'x2'], bothSigns],
    ['the larger of one', extreme, ['x1'], true],
  ])('%s', (_, operator, inputs, found) => {
    const result = attempt(operator, node('New', inputs, ['y']), 'channels');
    expect(result).toEqual(found === true ? image : found);
  });
});
