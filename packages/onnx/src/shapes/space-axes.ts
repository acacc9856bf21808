/** The axes of space of maps whose channels come right behind the batch. */
export const spaceAxes = (dims: readonly number[]): readonly number[] =>
  dims.slice(2).map((_, i) => i + 2);
