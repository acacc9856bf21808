import { Random } from '@nads/linalg';
import * as fc from 'fast-check';
import { kernels, sizes, small, space, window } from './windows.js';
import { integers, sizeOf, tensorOf, type Tensor } from '../../src/tensor.js';
import { expectGradients, normal } from './expect-gradients.js';

const random = new Random('properties');
const x = (...dims: number[]) => normal(random, ...dims);

/** Elements that are at least 1 apart, so that no small step changes which of them is largest. */
function apart(...dims: number[]): Tensor {
  const order = Float64Array.from({ length: sizeOf(dims) }, (_, i) => i);
  const keys = order.map(() => random.next());
  return tensorOf(
    'float64',
    dims,
    order.toSorted((a, b) => keys[a] - keys[b]),
  );
}

const runs = { numRuns: 40, seed: 1 };

test('convolutions of any window, stride, dilation, padding and number of groups', async () => {
  const layers = fc.record({ axes: space, group: small(3), inputs: small(3), filters: small(3) });
  await fc.assert(
    fc.asyncProperty(layers, async ({ axes, group, inputs, filters }) => {
      const data = [
        x(2, group * inputs, ...sizes(axes)),
        x(group * filters, inputs, ...kernels(axes)),
        x(group * filters),
      ];
      const attributes = { ...window(axes), group };
      await expectGradients({ operator: 'Conv', data, attributes }, { single: true });
    }),
    runs,
  );
});

test('transposed convolutions', async () => {
  const layers = fc.record({ axes: space, group: small(2), inputs: small(3), filters: small(2) });
  await fc.assert(
    fc.asyncProperty(layers, async ({ axes, group, inputs, filters }) => {
      const data = [
        // large enough for pads to leave something
        x(2, group * inputs, ...sizes(axes).map(size => size + 2)),
        x(group * inputs, filters, ...kernels(axes)),
      ];
      const attributes = { ...window(axes), group };
      await expectGradients({ operator: 'ConvTranspose', data, attributes }, { single: true });
    }),
    runs,
  );
});

test('pools of any window', async () => {
  await fc.assert(
    fc.asyncProperty(space, fc.boolean(), fc.boolean(), async (axes, ceil, includes) => {
      const reach = axes.map(({ kernel, dilation, size }) =>
        Math.max(dilation * (kernel - 1) + 1, size),
      );
      const dims = [2, 2, ...reach];
      const ceil_mode = ceil ? 1 : 0;
      // no window may lie in the padding as a whole
      const padded = axes.map(one => (one.dilation > 1 ? { ...one, pads: [0, 0] } : one));
      const largest = { ...window(padded), ceil_mode };
      await expectGradients(
        { operator: 'MaxPool', data: [apart(...dims)], attributes: largest },
        { single: true },
      );
      const mean = { ...window(axes, false), count_include_pad: includes ? 1 : 0 };
      await expectGradients(
        { operator: 'AveragePool', data: [x(...dims)], attributes: mean },
        { single: true },
      );
    }),
    runs,
  );
});

/** Two shapes that fit together: some axes of either are 1 or missing in front. */
const broadcast = fc
  .record({ dims: fc.array(small(3), { minLength: 1, maxLength: 4 }), a: fc.nat(), b: fc.nat() })
  .map(({ dims, a, b }) => {
    const shrink = (bits: number) => {
      const kept = dims.map((size, i) => ((bits >> i) & 1 ? 1 : size));
      return kept.slice((bits >> 5) % (dims.length + 1));
    };
    return [shrink(a), shrink(b)] as const;
  });

test('broadcasts of two arguments', async () => {
  const operators = fc.constantFrom('Add', 'Sub', 'Mul', 'Div', 'Max', 'Min', 'Pow', 'PRelu');
  await fc.assert(
    fc.asyncProperty(operators, broadcast, async (operator, [a, b]) => {
      if (operator === 'PRelu') {
        await expectGradients({ operator, data: [x(...a, ...b), x(...b)] });
        return;
      }
      const first = operator === 'Pow' ? positive(a) : x(...a);
      const second = operator === 'Div' || operator === 'Pow' ? positive(b) : x(...b);
      await expectGradients({ operator, data: [first, second] });
    }),
    runs,
  );
});

const positive = (dims: readonly number[]): Tensor =>
  tensorOf(
    'float64',
    dims,
    Float64Array.from({ length: sizeOf(dims) }, () => 0.7 + random.next()),
  );

test('products of stacks of matrices', async () => {
  const shapes = fc.record({ stacks: broadcast, m: small(3), k: small(3), n: small(3) });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ stacks: [a, b], m, k, n }) => {
      await expectGradients({ operator: 'MatMul', data: [x(...a, m, k), x(...b, k, n)] });
    }),
    runs,
  );
});

/** Dims, and some of their axes, counted from either end. */
const someAxes = fc.array(small(3), { minLength: 1, maxLength: 4 }).chain(dims =>
  fc.record({
    dims: fc.constant(dims),
    axes: fc
      .subarray(
        dims.map((_, i) => i),
        { minLength: 1 },
      )
      .chain(axes => fc.tuple(...axes.map(axis => fc.constantFrom(axis, axis - dims.length)))),
    keepdims: fc.constantFrom(0, 1),
  }),
);

test('reductions over any axes', async () => {
  const operators = fc.constantFrom('ReduceMean', 'ReduceMax', 'ReduceL2', 'ReduceLogSumExp');
  await fc.assert(
    fc.asyncProperty(operators, someAxes, async (operator, { dims, axes, keepdims }) => {
      const data = [operator === 'ReduceMax' ? apart(...dims) : x(...dims)];
      await expectGradients({ operator, data, attributes: { axes, keepdims } });
    }),
    runs,
  );
});

/** A start that lies in an axis, counted from either end, and a stop that may lie outside of it. */
const cut = small(6).chain(size =>
  fc.record({
    size: fc.constant(size),
    from: small(size - 1, -size),
    length: small(7),
    step: fc.constantFrom(1, 2, 3, -1, -2),
  }),
);

test('slices of any step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 3 }), async cuts => {
      const starts = cuts.map(({ from, size }) => (from + size) % size);
      const stops = cuts.map(({ length, step, size }, i) => {
        const stop = starts[i] + length * Math.sign(step);
        return stop < 0 ? -size - 1 : stop;
      });
      const constants = [
        integers(cuts.map(({ from }) => from)),
        integers(stops),
        integers(cuts.map((_, i) => i)),
        integers(cuts.map(({ step }) => step)),
      ];
      const data = [x(...cuts.map(({ size }) => size))];
      await expectGradients({ operator: 'Slice', data, constants });
    }),
    runs,
  );
});

test('pads of every mode, cutting where they are negative', async () => {
  const modes = fc.constantFrom('constant', 'reflect', 'edge');
  const sides = fc.record({ size: small(5, 3), begin: small(2, -1), end: small(2, -1) });
  await fc.assert(
    fc.asyncProperty(modes, fc.array(sides, { minLength: 1, maxLength: 3 }), async (mode, axes) => {
      const least = mode === 'constant' ? -1 : 0;
      const constants = [
        integers([
          ...axes.map(({ begin }) => Math.max(begin, least)),
          ...axes.map(({ end }) => Math.max(end, least)),
        ]),
      ];
      const data = [x(...axes.map(({ size }) => size))];
      await expectGradients({ operator: 'Pad', data, constants, attributes: { mode } });
    }),
    runs,
  );
});
