import { preserving } from '../../families/preserving.js';
import { geluSlope } from '../../formulas/gelu-slope.js';
import { summed } from '../../formulas/summed.js';
import { pointwise } from '../../symmetry/pointwise.js';

/** x·Φ(x) after a bias was added. */
export const biasGelu = preserving('BiasGelu', {
  inputs: [2, 2],
  domain: 'com.microsoft',
  symmetry: pointwise(),
  gradient: summed(({ g, inputs: [x, bias] }, [dy]) => {
    const slope = (): string => g.mul(dy!, geluSlope(g, g.add(x, bias)));
    return [slope, slope];
  }),
});
