import { fileName } from '../file-name.js';
import type { SaliencySummary } from './saliency-summary.js';

type Scored = Pick<
  SaliencySummary['images'][number],
  'output' | 'predicted' | 'probability' | 'value'
>;

/** What was looked at, in words. @param picture its file, as @param model */
export function saliencyTitle(scored: Scored, picture: string, model: string): string {
  const { output, predicted } = scored;
  const which = output === predicted ? `predicted class ${output}` : `output ${output}`;
  const scores = scoresIn(scored);
  const score = scores.length > 0 ? ` (${scores.join(', ')})` : '';
  return `${fileName(picture)}: ${which} of ${fileName(model)}${score}`;
}

function scoresIn({ output, predicted, value, probability }: Scored): string[] {
  const scores: string[] = [];
  if (value !== undefined) scores.push(`value ${value.toPrecision(3)}`);
  if (probability !== undefined) scores.push(`probability ${(100 * probability).toFixed(1)} %`);
  if (output !== predicted) scores.push(`predicted: ${predicted}`);
  return scores;
}
