export { modelChannels } from './model-channels.js';
export { pruneOracle, type OracleAgreement } from './prune-oracle.js';
export { prune } from './prune.js';
export type { Pruned, PrunedGroup, PrunedState, TunedRound } from './pruned.js';
export { hasGoal, type PruneSettings } from './prune-settings.js';
export { pruneReport } from './prune-report.js';
export { pruneText } from './prune-text.js';
export { importanceCsv } from './importance-csv.js';
export { groupsJson } from './groups-json.js';
