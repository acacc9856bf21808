import type { Tensor } from '@nads/onnx';

/** The elements of a tensor at the places that are left of every axis. */
export function cutTensor(tensor: Tensor, kept: readonly (readonly number[])[]): Tensor {
  const whole = tensor.data as Float32Array;
  const dims = kept.map(places => places.length);
  const data = new (whole.constructor as Float32ArrayConstructor)(dims.reduce((a, b) => a * b, 1));
  const strides = tensor.dims.map((_, axis) =>
    tensor.dims.slice(axis + 1).reduce((a, b) => a * b, 1),
  );
  let next = 0;
  const copy = (axis: number, start: number): void => {
    if (axis === dims.length) data[next++] = whole[start];
    else for (const place of kept[axis]) copy(axis + 1, start + place * strides[axis]);
  };
  copy(0, 0);
  return { ...tensor, dims, data };
}
