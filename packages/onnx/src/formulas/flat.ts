import type { GradientRule } from './derivation.js';

/** The rule of a function that is constant almost everywhere. */
export const flat: GradientRule = () => [];
