import type { Tally } from '../accumulate/tally.js';
import { trace } from './trace.js';

/** Whether the output of any network changed along any direction. */
export const hasResponse = ({ groups }: Tally): boolean =>
  groups.some(sums => sums.some(sum => trace(sum) > 0));
