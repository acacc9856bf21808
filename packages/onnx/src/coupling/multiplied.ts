import type { AxisOf, Coupling, CouplingRule } from './coupling-rule.js';

/** Axes of a matrix product. */
interface Product {
  /** The summed axis of either operand. */
  readonly inner: readonly [left: AxisOf, right: AxisOf];
  /** The axis of either operand that stays, and where it is in the output. */
  readonly outer: readonly (readonly [operand: AxisOf, output: AxisOf])[];
}

/** What a product sums goes together, and so do its rows and its columns; those of weights are channels. */
export function multiplied({ tie, begin, isConstant }: Coupling, { inner, outer }: Product): void {
  tie(inner[0], inner[1]);
  for (const [operand, output] of outer) {
    if (isConstant(operand[0])) begin(operand);
    tie(operand, output);
  }
}

/** The matrix product over the last two axes, broadcast over the others (NumPy's matmul). */
export const multipliedLast: CouplingRule = coupling => {
  const { node, dims, tie } = coupling;
  const [a, b] = node.inputs;
  const [output] = node.outputs;
  const [left, right, both] = [a, b, output].map(name => dims(name).length);
  multiplied(coupling, {
    inner: [
      [a, left - 1],
      [b, Math.max(0, right - 2)],
    ],
    outer: [
      ...(left > 1
        ? [
            [
              [a, left - 2],
              [output, both - (right > 1 ? 2 : 1)],
            ] as const,
          ]
        : []),
      ...(right > 1
        ? [
            [
              [b, right - 1],
              [output, both - 1],
            ] as const,
          ]
        : []),
    ],
  });
  if (left < 2 || right < 2) return;
  for (const [name, rank] of [
    [a, left],
    [b, right],
  ] as const)
    for (let axis = 0; axis < rank - 2; axis++)
      if (dims(name)[axis] === dims(output)[axis + both - rank])
        tie([name, axis], [output, axis + both - rank]);
};
