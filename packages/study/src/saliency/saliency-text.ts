import type { PictureSaliency } from './saliency.js';

/** Above this, attributions are better computed again with more steps. */
const wideGap = 0.01;

/** A table with a line for each picture, and its head: which output, and whether integrated gradients add up. */
export function saliencyText(results: readonly PictureSaliency[]): string[] {
  const width = Math.max(5, ...results.map(({ picture }) => picture.length));
  const integrated = results.some(({ completeness }) => completeness);
  const head =
    `${'image'.padEnd(width)}  output  predicted` +
    (integrated ? '  sum of attributions  f(x) − f(baseline)      gap' : '');
  const wide = results.filter(({ completeness }) => completeness && completeness.gap > wideGap);
  const advice = wide.map(
    ({ picture }) => `${picture}: a gap above ${100 * wideGap} %; increase \`steps\` to narrow it`,
  );
  return [head, ...results.map(result => line(result, width)), ...advice];
}

function line(
  { picture, output, predicted, completeness }: PictureSaliency,
  width: number,
): string {
  const start = `${picture.padEnd(width)}  ${String(output).padStart(6)}  ${String(predicted).padStart(9)}`;
  if (!completeness) return start;
  const { sum, value, baselineValue, gap } = completeness;
  const numbers = [sum.toFixed(4).padStart(19), (value - baselineValue).toFixed(4).padStart(18)];
  const share = Number.isNaN(gap) ? '-' : `${(100 * gap).toFixed(3)} %`;
  return `${start}  ${numbers.join('  ')}  ${share.padStart(7)}`;
}
