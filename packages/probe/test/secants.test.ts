import { batchOf, inChannels, parseBasis, pixelPositions } from '@nads/basis';
import type { Session } from '@nads/runtime';
import { expectClose } from '@nads/testing';
import { differences } from '../src/estimator/secants/differences.js';
import { responses } from '../src/estimator/secants/responses.js';
import { secants } from '../src/estimator/secants/secants.js';

const shape = { channels: 2, height: 2, width: 3 };
const point = Float32Array.from({ length: 12 }, (_, i) => i / 10);

/** f_k(x) = Σ_j (k + 1)(j + 1) x_j³, images as rows. */
function cubic(layout: 'NCHW' | 'NHWC', batches: number[]): Session {
  const positions = pixelPositions(shape, layout);
  return {
    inputs: ['x'],
    outputs: ['y'],
    release: async () => {},
    run: async ({ x }) => {
      const n = x.data.length / 12;
      batches.push(n);
      expect(x.dims).toEqual(batchOf(n, shape, layout));
      const data = Float32Array.from({ length: 2 * n }, (_, i) => {
        const [image, k] = [Math.floor(i / 2), i % 2];
        let sum = 0;
        for (let j = 0; j < 12; j++)
          sum += (k + 1) * (j + 1) * Number(x.data[image * 12 + positions[j]]) ** 3;
        return sum;
      });
      return { y: { type: 'float32', dims: [n, 2], data } };
    },
  };
}

/** ((a + h)³ − (a − h)³) / 2h = 3a² + h². */
const expected = (step: number): number[] =>
  [...point].flatMap((a, j) => [1, 2].map(k => k * (j + 1) * (3 * a * a + step * step)));

describe.each(['NCHW', 'NHWC'] as const)('in %s', layout => {
  test.each([1, 2, 4, 8, 64])(
    'central differences of a cubic are exact in batches of %i',
    async batch => {
      const batches: number[] = [];
      const binding = { input: 'x', output: 'y', layout, batch };
      const phi = await secants(cubic(layout, batches), {
        binding,
        basis: inChannels(parseBasis('pixels', shape), shape),
        point,
        step: 2,
      });
      expectClose(phi, expected(2), { rtol: 1e-4 });
      expect(new Set(batches)).toEqual(new Set([batch]));
    },
  );
});

test('along another basis they are the directional differences', async () => {
  const flat = { channels: 1, height: 2, width: 2 };
  const session: Session = {
    inputs: ['x'],
    outputs: ['y'],
    release: async () => {},
    run: async ({ x }) => {
      const n = x.data.length / 4;
      const data = Float32Array.from(
        { length: n },
        (_, i) => Number(x.data[4 * i]) + 2 * Number(x.data[4 * i + 1]),
      );
      return { y: { type: 'float32', dims: [n, 1], data } };
    },
  };
  const binding = { input: 'x', output: 'y', layout: 'NCHW' as const, batch: 4 };
  const phi = await secants(session, {
    binding,
    basis: inChannels(parseBasis('dct:2', flat), flat),
    point: new Float32Array(4),
    step: 10,
  });
  expectClose(phi, [1.5, -0.5, 1.5, -0.5], { rtol: 1e-5 });
});

test('a model that gives NaN is named with the step', async () => {
  const session = {
    ...cubic('NCHW', []),
    run: async () => ({
      y: { type: 'float32' as const, dims: [2, 1], data: Float32Array.of(NaN, 0) },
    }),
  };
  const binding = { input: 'x', output: 'y', layout: 'NCHW' as const, batch: 2 };
  await expect(
    secants(session, {
      binding,
      basis: inChannels(parseBasis('pixels', shape), shape),
      point,
      step: 100,
    }),
  ).rejects.toThrow('NaN for a probe of step 100');
});

test('responses are the values that secants are differences of', async () => {
  const binding = { input: 'x', output: 'y', layout: 'NCHW' as const, batch: 8 };
  const probing = {
    binding,
    basis: inChannels(parseBasis('pixels', shape), shape),
    point,
    step: 3,
  };
  const values = await responses(cubic('NCHW', []), probing);
  const phi = new Float32Array(24);
  differences(values, 2, 3, phi);
  expectClose(phi, await secants(cubic('NCHW', []), probing), { rtol: 0 });
});

test('work ends before the run at which its signal is aborted', async () => {
  const binding = { input: 'x', output: 'y', layout: 'NCHW' as const, batch: 2 };
  let runs = 0;
  const signal = {
    aborted: false,
    throwIfAborted(): void {
      if (++runs === 3) throw new Error('enough');
    },
  };
  const probing = {
    binding,
    basis: inChannels(parseBasis('pixels', shape), shape),
    point,
    step: 3,
    signal,
  };
  await expect(secants(cubic('NCHW', []), probing)).rejects.toThrow('enough');
});
