import type { GradientRule } from './derivation.js';

/** The rule of an operator over broadcast operands, from the gradients before they are summed to their dims. */
export const summed =
  (rule: GradientRule): GradientRule =>
  (derivation, dy) =>
    rule(derivation, dy)?.map(
      (gradient, i) =>
        gradient && (() => derivation.g.unbroadcast(gradient(), derivation.inputs[i])),
    );
