import { getInt } from '../attribute.js';
import { dataTypeOf, type DataType } from '../data-type.js';
import type { Node } from '../graph.js';

/** The element type that an attribute of a node says, if it does. */
export function statedType(node: Node, attribute = 'dtype'): DataType | undefined {
  const code = getInt(node, attribute, 0);
  return code === 0 ? undefined : dataTypeOf(code);
}
