import { getInt, getString } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import type { GradientRule } from '../formulas/derivation.js';

/** Replaced elements of the data have no influence; added ones and updates pass dy on. */
const passOn: GradientRule = ({ node, inputs: [, places, updates], g }, [dy]) => {
  const axis = getInt(node, 'axis', 0);
  const reduction = getString(node, 'reduction', 'none');
  if (reduction !== 'none' && reduction !== 'add')
    throw new Error(`its gradient is not implemented for reduction '${reduction}'`);
  return [
    () => {
      if (reduction === 'add') return dy!;
      return g.op('ScatterElements', [dy!, places, g.zerosLike(updates)], { axis });
    },
    undefined,
    () => g.op('GatherElements', [dy!, places], { axis }),
  ];
};

/** The data with elements replaced by (or added to) the updates at the places that indices give. */
export const scatterElements = preserving('ScatterElements', { inputs: [3, 3], gradient: passOn });
