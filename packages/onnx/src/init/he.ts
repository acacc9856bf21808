import { normalScheme } from './scheme.js';

/** N(0, 2/fan_in) (He et al. 2015, §2.2; torch's kaiming_normal_ with mode fan_in). */
export const heFanIn = normalScheme('he-fan-in', ({ fanIn }) => 2 / fanIn);

/** N(0, 2/fan_out) (He et al. 2015, §2.2; torch's kaiming_normal_ with mode fan_out). */
export const heFanOut = normalScheme('he-fan-out', ({ fanOut }) => 2 / fanOut);
