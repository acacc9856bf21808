import { generatedLike } from '../families/random.js';

/** 1 with the probability that each element of its input says, else 0. */
export const bernoulli = generatedLike('Bernoulli');
