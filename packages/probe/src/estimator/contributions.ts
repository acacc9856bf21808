import { gramProduct, service } from '@nads/runtime';
import type { BlockSums } from './accumulate/block-sums.js';
import { NetworkProbe } from './network-probe.js';
import type { Plan } from './plan/plan.js';

/** What networks of a plan add to the covariance: a task is the number of a network. */
export const contributions = service<Plan, number, BlockSums>(async runtime => {
  const gram = await gramProduct(runtime, 1);
  return {
    prepare: async (plan, { signal }) => {
      const probe = new NetworkProbe(plan, runtime, { gram, signal });
      return index => probe.contribution(index);
    },
    transfer: sums => sums.map(({ data }) => data.buffer as ArrayBuffer),
  };
});
