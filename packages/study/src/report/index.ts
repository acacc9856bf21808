export { notCompared } from './comparison-section.js';
export { optionName } from './option-name.js';
export type { OverlapCell, OverlapMatrix } from './overlap-matrix.js';
export { reportJson } from './report-json.js';
export { reportPage } from './report-page.js';
export { report, type Report, type ReportFailure, type ReportSettings } from './report.js';
export type { ReportedPart } from './reported-part.js';
export type { ReportedResult } from './reported-result.js';
