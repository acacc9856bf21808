import { readModel } from '@nads/onnx';
import { service } from '@nads/runtime';
import {
  trainAlong,
  type DirectionResult,
  type DirectionTask,
  type Recipe,
} from './train-along.js';

/** What all networks of a sweep have in common. */
export interface SweepSetup {
  /** The exported architecture, its weights still to be drawn. */
  readonly model: Uint8Array;
  readonly name: string;
  readonly init: string;
  readonly recipe: Recipe;
}

/** Networks that are trained along directions, in sessions of one thread. */
export const networksAlong = service<SweepSetup, DirectionTask, DirectionResult>(async () => ({
  prepare: async ({ model, init, recipe, name }, { runtime, signal }) => {
    const network = readModel(model, name);
    return task => trainAlong(network, init, recipe, task, { runtime, threads: 1, signal });
  },
}));
