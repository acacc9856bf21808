import type { BlockSums } from './block-sums.js';

/** Adds other sums to these. */
export const addSums = (sums: BlockSums, others: BlockSums): void =>
  sums.forEach(({ data }, b) => {
    for (let i = 0; i < data.length; i++) data[i] += others[b].data[i];
  });
