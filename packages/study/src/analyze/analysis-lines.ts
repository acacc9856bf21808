import { describeData } from '../describe-data.js';
import type { Analysis } from './analyze.js';

/** What was analysed, in a few lines. */
export function analysisLines(analysis: Analysis): string[] {
  const { source, settings, images, gradients, numbers, nads } = analysis;
  const { trace, effectiveRank, spectrum } = numbers;
  const { columns } = spectrum.eigenvectors;
  const output = settings.of === 'logits' ? 'logit' : 'output';
  const rank =
    effectiveRank === undefined ? '' : `, effective rank ${effectiveRank.toFixed(1)} of ${columns}`;
  return [
    `${source.name} on ${gradients.images} images of ${settings.data} (${describeData(images)})${accuracy(analysis)}`,
    `C = E[∇f ∇fᵀ], f the ${output} of the ${settings.class} class: E‖∇f‖² ${trace.toPrecision(4)}${rank}`,
    nads ? `NADs: ${nads.source}, ${nads.rows.rows} directions` : 'NADs: none',
  ];
}

function accuracy({ gradients: { images, correct } }: Analysis): string {
  return correct === undefined ? '' : `, accuracy ${((100 * correct) / images).toFixed(1)} %`;
}
