import { preserving } from './preserving.js';

/** Pairs of elements turned by angles that depend on their place in the sequence. */
export const rotaryEmbedding = preserving('RotaryEmbedding');
