import { normalScheme } from './scheme.js';

/** N(0, 1/fan_in) (LeCun et al. 1998, §4.6). */
export const lecun = normalScheme('lecun', ({ fanIn }) => 1 / fanIn);
