export { score, type ModelScores } from './score.js';
export type { ScoreEstimate } from './score-estimate.js';
export type { ScoreSettings } from './score-settings.js';
export { scoreTable } from './score-table.js';
export { nativeModel } from './native-model.js';
export { kernelFile } from './kernel-file.js';
export {
  parseScoreSummary,
  scoreSchema,
  scoreSummary,
  type ScoreSummary,
} from './score-summary.js';
export { scoreCells, type CellsEnvironment, type CellsPlan } from './cells/score-cells.js';
