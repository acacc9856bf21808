export { finetune, type Finetuned, type FinetuneEnvironment } from './finetune.js';
export type { FinetuneImages } from './finetune-sets.js';
export type { FinetuneSettings } from './finetune-settings.js';
export { finetuneText } from './finetune-text.js';
export { finetuneSummary } from './finetune-summary.js';
