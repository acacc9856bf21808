import { getInt } from '../attribute.js';
import { reducedAxes } from '../shapes/reduced-axes.js';
import type { CouplingRule } from './coupling-rule.js';

/**
 * Axes that are not reduced stay.
 * @param isSum whether zeros count as nothing, so that places of reduced axes can go.
 */
export const reduced =
  ({ isSum }: { readonly isSum: boolean }): CouplingRule =>
  coupling => {
    const { node, dims, tie, end } = coupling;
    const [[input], [output]] = [node.inputs, node.outputs];
    const rank = dims(input).length;
    const gone = new Set(reducedAxes(coupling, rank));
    const keeps = getInt(node, 'keepdims', 1) === 1;
    let place = 0;
    for (let axis = 0; axis < rank; axis++) {
      if (!gone.has(axis)) tie([input, axis], [output, place]);
      else if (isSum) end([input, axis]);
      if (keeps || !gone.has(axis)) place++;
    }
  };
