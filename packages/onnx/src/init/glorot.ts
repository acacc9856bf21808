import { uniformScheme } from './scheme.js';

/** U(±√(6/(fan_in + fan_out))) (Glorot & Bengio 2010, eq. 16). */
export const glorot = uniformScheme('glorot', ({ fanIn, fanOut }) => 2 / (fanIn + fanOut));
