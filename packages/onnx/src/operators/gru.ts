import { recurrent } from '../families/recurrent.js';

/** A gated recurrent layer: every state and the last. */
export const gru = recurrent('GRU');
