import { TaskPool } from '@nads/runtime/workers';
import type { DirectionResult, DirectionTask, Recipe } from '../directions/train-along.js';

/** What all tasks of a sweep have in common. */
export interface SweepSetup {
  /** The exported architecture, its weights still to be drawn. */
  readonly model: Uint8Array;
  readonly name: string;
  readonly init: string;
  readonly recipe: Recipe;
}

/** Threads that train networks along directions, each with one-thread sessions of its own. */
export const directionPool = (
  workers: number,
): TaskPool<SweepSetup, DirectionTask, DirectionResult> =>
  new TaskPool(new URL('./direction-worker.js', import.meta.url), workers);
