export { sweep, type SweepEnvironment, type SweepForecast } from './sweep.js';
export type { Sweep } from './swept.js';
export { planSweep, type SweepPlan, type SweepSettings, type SweepTask } from './plan-sweep.js';
export { sweepFiles } from './sweep-files.js';
export { timeSweep, type SweepTime } from './time-sweep.js';
export { journalFile, journalSchema, type SweepEntry } from './journal.js';
