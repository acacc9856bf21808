import { service } from '@nads/runtime';
import { dryRun, type DryRun } from './dry-run.js';
import { NetworkProbe } from './network-probe.js';
import type { Plan } from './plan/plan.js';

/** `dryRun` for pools: a task is the one plan of its job. */
export const trials = service<Plan, null, DryRun>(async runtime => ({
  prepare: async (plan, { signal }) => {
    const probe = new NetworkProbe(plan, runtime);
    return () => dryRun(probe, plan, signal);
  },
}));
