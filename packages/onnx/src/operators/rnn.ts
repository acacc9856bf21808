import { recurrent } from '../families/recurrent.js';

/** A recurrent layer: Hₜ = f(W·Xₜ + R·Hₜ₋₁ + b), every state and the last. */
export const rnn = recurrent('RNN');
