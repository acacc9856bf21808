import { fromRows, multiply, multiplyTransposed, Random } from '@nads/linalg';
import type { Progress } from '@nads/runtime';
import { expectClose } from '@nads/testing';
import {
  centredAlignment,
  kernelAlignment,
  passesOf,
  tangentKernel,
} from '../src/tangent-kernel/index.js';

const [images, parameters] = [7, 11];

/** Gradients of three outputs that have nothing to do with each other. */
const gradient = (image: number, k: number): Float32Array => {
  const g = new Float32Array(parameters);
  new Random('gradient').fork(image).fork(k).fillNormal(g, 0, 1);
  return g;
};

/** Features that count how often they are asked for. */
function features(outputs: readonly number[]) {
  const asked = { count: 0 };
  const write = async (image: number, k: number, out: Float32Array): Promise<void> => {
    asked.count++;
    out.set(gradient(image, k));
  };
  return { asked, images, outputs, parameters, write };
}

function expected(outputs: readonly number[]): number[] {
  const entry = (i: number, j: number): number =>
    outputs.reduce(
      (sum, k) => sum + gradient(i, k).reduce((s, x, p) => s + x * gradient(j, k)[p], 0),
      0,
    );
  return Array.from({ length: images ** 2 }, (_, at) =>
    entry(Math.floor(at / images), at % images),
  );
}

test('of two images and two weights it is what one works out by hand', async () => {
  const rows = [
    [1, 2],
    [3, -1],
  ];
  const kernel = await tangentKernel(
    {
      images: 2,
      outputs: [0],
      parameters: 2,
      write: async (i, _, out) => out.set(rows[i]),
    },
    { kept: 2 },
  );
  expect([...kernel.data]).toEqual([5, 1, 1, 10]);
});

test.each([2, 3, 4, 6, 7, 100])(
  'is the sum of products over outputs whatever is kept: %i',
  async kept => {
    const given = features([0, 2]);
    const seen: number[][] = [];
    const onProgress = ({ done, total }: Progress): void => void seen.push([done, total!]);
    const kernel = await tangentKernel(given, { kept, onProgress });
    expectClose(kernel.data, expected([0, 2]), { rtol: 1e-6, atol: 1e-7 });
    const total = passesOf(images, 2, kept);
    expect(given.asked.count).toBe(total);
    expect(seen).toEqual(Array.from({ length: total }, (_, i) => [i + 1, total]));
  },
);

test('long gradients are multiplied in parts, none of which is left out', async () => {
  const long = 5_000_000;
  const kernel = await tangentKernel(
    {
      images: 2,
      outputs: [0],
      parameters: long,
      write: async (i, _, out) => void out.fill(i + 1),
    },
    { kept: 2 },
  );
  expect([...kernel.data]).toEqual([long, 2 * long, 2 * long, 4 * long]);
});

test('gradients are worked out once where all are kept, again where they are not', () => {
  expect(passesOf(7, 1, 7)).toBe(7);
  // one is kept and one passes by: 7 + 6 + … + 1
  expect(passesOf(7, 1, 2)).toBe(28);
  expect(passesOf(100, 3, 26)).toBe(3 * (100 + 87 + 74 + 61 + 48 + 35 + 22 + 9));
});

test('a product that is given is used', async () => {
  let calls = 0;
  const kernel = await tangentKernel(features([1]), {
    kept: 4,
    multiply: async (a, b) => {
      calls++;
      return multiply(a, b);
    },
  });
  expect(calls).toBeGreaterThan(0);
  expectClose(kernel.data, expected([1]), { rtol: 1e-6, atol: 1e-7 });
});

describe('alignment', () => {
  const labels = [0, 0, 1];
  test('is 1 for the kernel of the labels itself, centred or not', () => {
    const y = fromRows([
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    const k = multiplyTransposed(y, y);
    expectClose([kernelAlignment(k, labels), centredAlignment(k, labels)], [1, 1], { rtol: 1e-12 });
  });

  test('of the identity is what one works out by hand', () => {
    const k = fromRows([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    // ⟨I, YYᵀ⟩ = 3, ‖I‖ = √3, ‖YYᵀ‖ = √5
    expectClose([kernelAlignment(k, labels)], [3 / Math.sqrt(15)], { rtol: 1e-12 });
    // HIH has eigenvalues 1, 1, 0; H YYᵀ H is of rank 1, so that the cosine is 1/√2
    expectClose([centredAlignment(k, labels)], [Math.SQRT1_2], { rtol: 1e-12 });
  });

  test('centred does not see a constant that is added to the kernel', () => {
    const k = fromRows([
      [2, 1, 0],
      [1, 3, 0],
      [0, 0, 1],
    ]);
    const shifted = { ...k, data: k.data.map(x => x + 7) };
    expectClose([centredAlignment(shifted, labels)], [centredAlignment(k, labels)], {
      rtol: 1e-12,
    });
    expect(kernelAlignment(shifted, labels)).not.toBeCloseTo(kernelAlignment(k, labels));
  });

  test('is not a number where all labels are the same and the kernel is centred', () => {
    const k = fromRows([
      [1, 0],
      [0, 1],
    ]);
    expect(centredAlignment(k, [4, 4])).toBeNaN();
  });
});
