import { gramProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { serveTasks } from '@nads/runtime/workers';
import type { BlockSums } from '../covariance.js';
import { NetworkProbe } from '../network-probe.js';
import type { Plan } from '../plan.js';

const gram = await gramProduct(nodeRuntime, 1);

serveTasks<Plan, number, BlockSums>({
  prepare: (plan, proceed) => {
    const probe = new NetworkProbe(plan, nodeRuntime, { gram, proceed });
    return index => probe.contribution(index);
  },
  transfer: sums => sums.map(({ data }) => data.buffer as ArrayBuffer),
});
