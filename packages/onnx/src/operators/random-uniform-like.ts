import { generatedLike } from './random.js';

/** Uniformly distributed random numbers of the dims of its input. */
export const randomUniformLike = generatedLike('RandomUniformLike');
