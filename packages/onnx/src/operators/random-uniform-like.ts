import { generatedLike } from '../families/random.js';

/** Uniformly distributed random numbers of the dims of its input. */
export const randomUniformLike = generatedLike('RandomUniformLike');
