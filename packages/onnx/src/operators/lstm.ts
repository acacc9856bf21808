import { recurrent } from '../families/recurrent.js';

/** A long short-term memory: every state, the last state and the last cell. */
export const lstm = recurrent('LSTM');
