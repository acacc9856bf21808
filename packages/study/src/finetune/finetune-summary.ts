import type { Finetuned } from './finetune.js';

/** What JSON says of fine-tuning. Accuracies are in percent, epochs count from 0. */
export function finetuneSummary({ source, settings, history, before, best, epochs }: Finetuned) {
  const { threads: _, resume: __, preprocessing: ___, ...said } = settings;
  return {
    format: 'finetune',
    version: 1,
    model: { file: source.name, sha256: source.sha256 },
    settings: said,
    epochs,
    validation_before: before,
    best: best && { epoch: best.epoch, accuracy: best.accuracy },
    history,
  };
}
