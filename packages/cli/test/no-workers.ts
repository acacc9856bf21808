import type { Pool } from '@nads/runtime';

/** A pool for what must end before any network is drawn: it only says how large it is. */
export const noWorkers = { size: 1 } as Pool;
