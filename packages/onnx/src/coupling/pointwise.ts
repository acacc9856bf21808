import { getInt } from '../attribute.js';
import type { CouplingRule } from './coupling-rule.js';

/** Elements at the same place go together, operands aligned at the end (before opset 7 from the node's axis on). */
export const pointwise: CouplingRule = ({ node, opset, dims, tie }) => {
  const [output] = node.outputs;
  const wide = dims(output);
  for (const name of node.inputs.filter(input => input !== '')) {
    const atEnd = wide.length - dims(name).length;
    const shift = opset < 7 && atEnd > 0 ? getInt(node, 'axis', atEnd) : atEnd;
    dims(name).forEach((size, axis) => {
      if (size === wide[axis + shift]) tie([name, axis], [output, axis + shift]);
    });
  }
};
