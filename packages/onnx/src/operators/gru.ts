import { recurrent } from './recurrent.js';

/** A gated recurrent layer: every state and the last. */
export const gru = recurrent('GRU');
