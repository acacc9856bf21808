import { getFloat, getFloats, getInt, getInts, getTensor } from '../attribute.js';
import type { Node } from '../graph.js';
import type { Operator } from '../operator.js';
import { Unknown } from '../shapes/application.js';
import type { Known } from '../shapes/known.js';
import { floats, integers, type Tensor } from '../tensor.js';

/** The value that one of its attributes holds. */
export const constant: Operator = {
  name: 'Constant',
  inputs: [0, 0],
  storage: 'Constant',
  infer: ({ node }) => {
    const held = Object.keys(readers).find(name => node.attributes.has(name));
    if (!held) throw new Unknown('its attributes hold no supported tensor');
    return [readers[held](node)];
  },
};

const held = (value: Tensor): Known => ({ type: value.type, dims: value.dims, value });

const readers: Record<string, (node: Node) => Known> = {
  value: node => held(getTensor(node, 'value')!),
  value_int: node => held(integers([getInt(node, 'value_int', 0)], [])),
  value_ints: node => held(integers(getInts(node, 'value_ints', []))),
  value_float: node => held(floats([], [getFloat(node, 'value_float', 0)])),
  value_floats: node => heldFloats(getFloats(node, 'value_floats', [])),
  value_string: () => ({ type: 'string', dims: [] }),
};

const heldFloats = (values: readonly number[]): Known => held(floats([values.length], values));
