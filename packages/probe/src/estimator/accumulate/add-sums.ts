import type { BlockSums } from './block-sums.js';

/** Adds other sums to these: their lower triangles, since no more counts. */
export const addSums = (sums: BlockSums, others: BlockSums): void =>
  sums.forEach(({ rows: n, data }, b) => {
    const other = others[b].data;
    for (let i = 0; i < n; i++) for (let at = i * n; at <= i * n + i; at++) data[at] += other[at];
  });
