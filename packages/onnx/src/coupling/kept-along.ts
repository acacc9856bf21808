import type { Coupling, CouplingRule } from './coupling-rule.js';

/**
 * Axes of the first input that stay as they are in every output of as many axes.
 * @param isKept whether it does; all of equal sizes by default.
 */
export const keptAlong =
  (isKept: (axis: number, coupling: Coupling) => boolean = () => true): CouplingRule =>
  coupling => {
    const { node, dims, tie } = coupling;
    const [input] = node.inputs;
    for (const output of node.outputs.filter(name => name !== ''))
      dims(input).forEach((size, axis) => {
        if (isKept(axis, coupling) && dims(output)[axis] === size)
          tie([input, axis], [output, axis]);
      });
  };

/** Each image and each channel by itself. */
export const channelwise = keptAlong(axis => axis < 2);

/** All axes, by themselves. */
export const elementwise = keptAlong();
