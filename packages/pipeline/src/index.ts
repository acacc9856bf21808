export {
  parseExperiment,
  type Experiment,
  type OptionValue,
  type StageSettings,
} from './experiment.js';
export { stagesOf, type Stage } from './stages.js';
