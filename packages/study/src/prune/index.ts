export { modelChannels } from './model-channels.js';
export { pruneOracle, type OracleAgreement } from './prune-oracle.js';
export { prune, type Pruned, type PrunedGroup, type PrunedState } from './prune.js';
export type { PruneSettings } from './prune-settings.js';
export { pruneReport } from './prune-report.js';
export { pruneText } from './prune-text.js';
export { importanceCsv } from './importance-csv.js';
export { groupsJson } from './groups-json.js';
