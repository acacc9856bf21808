import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf } from '../shapes/application.js';
import { integers } from '../tensor.js';

/** The dims of the input (from axis `start` to `end`) as an int64 vector. */
export const shape: Operator = {
  name: 'Shape',
  inputs: [1, 1],
  ofDims: true,
  coupling: ({ node, dims, end }) =>
    dims(node.inputs[0]).forEach((_, axis) => end([node.inputs[0], axis])),
  infer: application => {
    const dims = dimsOf(application, 0);
    const { node } = application;
    const part = dims.slice(getInt(node, 'start', 0), getInt(node, 'end', dims.length));
    return [{ type: 'int64', dims: [part.length], value: integers(part) }];
  },
};
