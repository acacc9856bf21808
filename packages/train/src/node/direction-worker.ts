import { readModel } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { serveTasks } from '@nads/runtime/workers';
import { trainAlong, type DirectionResult, type DirectionTask } from '../directions/train-along.js';
import type { SweepSetup } from './direction-pool.js';

serveTasks<SweepSetup, DirectionTask, DirectionResult>({
  prepare: ({ model, init, recipe, name }, proceed) => {
    const network = readModel(model, name);
    return task =>
      trainAlong(network, init, recipe, task, {
        runtime: nodeRuntime,
        threads: 1,
        onStep: proceed,
      });
  },
});
