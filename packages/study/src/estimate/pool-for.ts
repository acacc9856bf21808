import { inProcessPool, type Pool } from '@nads/runtime';
import { poolOf, type Environment } from '../environment.js';
import { services } from '../services.js';
import type { EstimatePlan } from './plan-estimate.js';

/** Seconds of work that are done sooner here than a runtime reads a long network once more for a worker. */
const soon = 5;

/**
 * Where the networks of a plan are drawn: in the pool of the environment, but in this thread where the network is long, so that it takes
 * seconds to make a session of it, and there is little to do with the one that was tried out; never in place of other machines.
 * @param networks at most
 */
export function poolFor(
  { preparation: { plan, imagesPerNetwork }, secondsPerImage }: EstimatePlan,
  networks: number,
  environment: Environment,
): Pool {
  const seconds = networks * imagesPerNetwork * secondsPerImage;
  const pool = poolOf(environment);
  return plan.body.open?.isBest && seconds < soon && !pool.isRemote
    ? inProcessPool(services, environment.runtime)
    : pool;
}
