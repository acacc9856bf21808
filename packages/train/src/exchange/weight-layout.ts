import { sizeOf, type Tensor } from '@nads/onnx';

/** Where ONNX has each axis of a weight of TensorFlow.js. */
export type WeightLayout = 'same' | 'kernel' | 'matrix';

/** TensorFlow.js's axes in ONNX's order: [kh, kw, in, out] as [out, in, kh, kw], [in, out] as [out, in]. */
const orders: Readonly<Record<WeightLayout, readonly number[] | undefined>> = {
  same: undefined,
  kernel: [3, 2, 0, 1],
  matrix: [1, 0],
};

type Weight = Pick<Tensor, 'dims'> & { readonly data: Float32Array };

/** A weight of TensorFlow.js as ONNX has it. */
export function toOnnxLayout(weight: Weight, layout: WeightLayout): Weight {
  const order = orders[layout];
  return order ? permuted(weight, order) : weight;
}

/** A weight of ONNX as TensorFlow.js has it. */
export function fromOnnxLayout(weight: Weight, layout: WeightLayout): Weight {
  const order = orders[layout];
  return order
    ? permuted(
        weight,
        order.map((_, axis) => order.indexOf(axis)),
      )
    : weight;
}

/** An array whose axis i is the axis order[i] of another. */
function permuted({ dims, data }: Weight, order: readonly number[]): Weight {
  const strides = dims.map((_, axis) => sizeOf(dims.slice(axis + 1)));
  const to = order.map(axis => dims[axis]);
  const out = new Float32Array(data.length);
  const at = to.map(() => 0);
  for (let i = 0, from = 0; i < out.length; i++) {
    out[i] = data[from];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      from += strides[order[axis]];
      if (++at[axis] < to[axis]) break;
      from -= strides[order[axis]] * to[axis];
      at[axis] = 0;
    }
  }
  return { dims: to, data: out };
}
