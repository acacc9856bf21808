import type { Finetuned } from './finetune.js';

/** How fine-tuning went, in one line. */
export function finetuneText({ history, before, best, epochs }: Finetuned): string {
  const { loss, trainAccuracy, testAccuracy } = history[history.length - 1];
  const parts = [
    `${epochs} epoch(s): loss ${loss.toPrecision(4)}`,
    `train accuracy ${trainAccuracy.toFixed(2)} %`,
    ...(testAccuracy === undefined
      ? []
      : [
          `validation accuracy ${before!.toFixed(2)} → ${(best?.accuracy ?? testAccuracy).toFixed(2)} %`,
        ]),
  ];
  return parts.join(', ') + (best ? ` (${whenBest(best.epoch)})` : '');
}

const whenBest = (epoch: number): string =>
  epoch < 0
    ? 'no epoch was better: the weights are those of the file'
    : `best after epoch ${epoch}`;
