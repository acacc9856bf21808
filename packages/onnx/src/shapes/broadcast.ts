/** Dims of the result of multidirectional (NumPy) broadcasting. @throws where dims do not fit. */
export function broadcast(shapes: readonly (readonly number[])[]): number[] {
  const rank = shapes.reduce((most, dims) => Math.max(most, dims.length), 0);
  return Array.from({ length: rank }, (_, axis) =>
    shapes.map(dims => dims[axis - rank + dims.length] ?? 1).reduce(broadcastSize),
  );
}

function broadcastSize(a: number, b: number): number {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  throw new Error(`sizes ${a} and ${b} cannot be broadcast`);
}
