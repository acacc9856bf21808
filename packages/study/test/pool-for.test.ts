import type { Pool } from '@nads/runtime';
import type { Environment } from '../src/environment.js';
import type { EstimatePlan } from '../src/estimate/plan-estimate.js';
import { poolFor } from '../src/estimate/pool-for.js';

const pool = { size: 2 } as Pool;
const environment = { pool, runtime: {} } as Environment;

const planOf = (isLong: boolean): EstimatePlan =>
  ({
    preparation: { plan: { body: { open: { isBest: isLong } } }, imagesPerNetwork: 100 },
    secondsPerImage: 0.01,
  }) as unknown as EstimatePlan;

test('few networks of a long model are drawn where its session is, others by workers', () => {
  expect(poolFor(planOf(true), 2, environment).size).toBe(1);
  expect(poolFor(planOf(true), 20, environment)).toBe(pool);
  expect(poolFor(planOf(true), Infinity, environment)).toBe(pool);
  expect(poolFor(planOf(false), 2, environment)).toBe(pool);
});
