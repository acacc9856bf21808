import type { SaliencyResult } from './saliency-files.js';

/** Above this, attributions are better summed again with more steps. */
const wideGap = 0.01;

/** A line for each picture: which output, and whether integrated gradients add up. */
export function saliencyTable(results: readonly SaliencyResult[]): string {
  const width = Math.max(5, ...results.map(({ file }) => file.length));
  const integrated = results.some(({ completeness }) => completeness);
  const head =
    `${'image'.padEnd(width)}  output  predicted` +
    (integrated ? '  sum of attributions  f(x) − f(baseline)      gap' : '');
  const wide = results.filter(({ completeness }) => completeness && completeness.gap > wideGap);
  const advice = wide.map(
    ({ file }) => `${file}: a gap above ${100 * wideGap} %; more --steps narrow it`,
  );
  return `${[head, ...results.map(result => line(result, width)), ...advice].join('\n')}\n`;
}

function line({ file, output, predicted, completeness }: SaliencyResult, width: number): string {
  const start = `${file.padEnd(width)}  ${String(output).padStart(6)}  ${String(predicted).padStart(9)}`;
  if (!completeness) return start;
  const { sum, value, baselineValue, gap } = completeness;
  const numbers = [sum.toFixed(4).padStart(19), (value - baselineValue).toFixed(4).padStart(18)];
  const share = Number.isNaN(gap) ? '-' : `${(100 * gap).toFixed(3)} %`;
  return `${start}  ${numbers.join('  ')}  ${share.padStart(7)}`;
}
