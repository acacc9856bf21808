import type { BoxMemory } from '@nads/linalg';
import type { Session } from '@nads/runtime';
import type { LocalPlan } from '../plan/local/local-plan.js';

/** A drawn network in pieces: a session for each stage, and one for the rest. */
export interface LocalSessions {
  readonly plan: LocalPlan;
  readonly stages: readonly Session[];
  readonly rest: Session;
  /** Where parts of maps are put together; the next network uses it again. */
  readonly memory: BoxMemory;
}
