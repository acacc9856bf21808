export { digestOf } from './digest-of.js';
export { openExperiment, type OpenExperiment } from './open-experiment.js';
export {
  runStages,
  type Outcome,
  type Perform,
  type RunOptions,
  type StageReport,
} from './run-stages.js';
export { stageInputs } from './stage-inputs.js';
