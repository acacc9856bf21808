import { generatedLike } from '../families/random.js';

/** Normally distributed random numbers of the dims of its input. */
export const randomNormalLike = generatedLike('RandomNormalLike');
