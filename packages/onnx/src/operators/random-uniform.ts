import { generated } from '../families/random.js';

/** Uniformly distributed random numbers of the dims that it says. */
export const randomUniform = generated('RandomUniform');
