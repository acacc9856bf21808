import { summed } from '../../families/elementwise.js';
import { geluSlope } from '../gelu.js';
import { preserving } from '../../families/preserving.js';

/** x·Φ(x) after a bias was added. */
export const biasGelu = preserving('BiasGelu', {
  domain: 'com.microsoft',
  gradient: summed(({ g, inputs: [x, bias] }, [dy]) => {
    const slope = (): string => g.mul(dy!, geluSlope(g, g.add(x, bias)));
    return [slope, slope];
  }),
});
