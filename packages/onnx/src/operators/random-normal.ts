import { generated } from '../families/random.js';

/** Normally distributed random numbers of the dims that it says. */
export const randomNormal = generated('RandomNormal');
