import { preserving } from '../../families/preserving.js';
import { tanhGeluSlope } from '../../formulas/gelu-slope.js';
import { summed } from '../../formulas/summed.js';
import { pointwise } from '../../symmetry/pointwise.js';

/** x·Φ(x) by the approximation with tanh; x has a bias added first. */
export const fastGelu = preserving('FastGelu', {
  inputs: [1, 2],
  domain: 'com.microsoft',
  symmetry: pointwise(),
  gradient: summed(({ g, inputs: [x, bias] }, [dy]) => {
    const slope = (): string => g.mul(dy!, tanhGeluSlope(g, bias ? g.add(x, bias) : x));
    return [slope, slope];
  }),
});
