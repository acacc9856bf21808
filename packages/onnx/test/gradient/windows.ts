import * as fc from 'fast-check';
import type { AttributeLike } from '../../src/attribute.js';

export const small = (max: number, min = 1) => fc.integer({ min, max });

/** For each axis of space what a window does there, and a size that it fits into. */
export const axis = fc
  .record({
    kernel: small(4),
    stride: small(3),
    dilation: small(2),
    begin: small(2, 0),
    end: small(2, 0),
    more: small(4, 0),
  })
  .map(({ kernel, begin, end, more, ...rest }) => {
    const reach = (kernel - 1) * rest.dilation;
    const pads = [Math.min(begin, kernel - 1), Math.min(end, kernel - 1)];
    return { kernel, ...rest, pads, size: Math.max(1, reach + 1 - pads[0] - pads[1]) + more };
  });
export type Axis = typeof axis extends fc.Arbitrary<infer A> ? A : never;

export const space = fc.array(axis, { minLength: 1, maxLength: 2 });

export function window(axes: readonly Axis[], dilated = true): Record<string, AttributeLike> {
  return {
    kernel_shape: axes.map(({ kernel }) => kernel),
    strides: axes.map(({ stride }) => stride),
    pads: [0, 1].flatMap(side => axes.map(({ pads }) => pads[side])),
    ...(dilated && { dilations: axes.map(({ dilation }) => dilation) }),
  };
}

export const sizes = (axes: readonly Axis[]) => axes.map(({ size }) => size);
export const kernels = (axes: readonly Axis[]) => axes.map(({ kernel }) => kernel);
