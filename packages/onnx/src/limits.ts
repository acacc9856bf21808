/**
 * What a model may have, so that a small file cannot take all time and memory there is. Models that people use stay far
 * below.
 */
export const limits = {
  /** Nodes, those in branches, loops and functions included. */
  nodes: 1e6,
  /** Inputs or outputs of one node: runtimes take time that grows with their square, a minute for 20,000. */
  operands: 4096,
  /** Graphs inside each other, and functions that call each other. */
  nesting: 64,
  /** Nodes and operands that calls of functions stand for. */
  expansion: 1e6,
};

/** @throws where there is more of something than there may be. @param what stands before the number. */
export function requireWithin(limit: keyof typeof limits, found: number, what: string): void {
  const largest = limits[limit];
  if (found > largest)
    throw new Error(
      `${what} ${grouped(found)}; at most ${grouped(largest)} are read, so export a smaller model`,
    );
}

const grouped = (count: number): string => count.toLocaleString('en');
