import { scoreNames, type ScoreName } from '@nads/score';
import { shortNumber } from '../short-number.js';
import type { ScoreEstimate } from './score-estimate.js';
import type { ModelScores } from './score.js';

/** Scores of models, a column for each, and below it what has to be said of them. */
export function scoreTable(models: readonly ModelScores[]): string {
  const names = scoreNames.filter(name =>
    models.some(({ scores, missing }) => scores[name] ?? missing[name]),
  );
  const rows = [
    ['', ...models.map(({ source }) => source.name)],
    ...names.map(name => [name, ...models.map(model => cellOf(model, name))]),
    ...(models.some(({ nadsRank }) => nadsRank !== undefined)
      ? [['rank of NADs', ...models.map(({ nadsRank }) => nadsRank!.toPrecision(6))]]
      : []),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const lines = rows.map(row =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
  );
  return `${[...lines, ...models.flatMap(remarks)].join('\n')}\n`;
}

function cellOf({ scores }: ModelScores, name: ScoreName): string {
  const found = scores[name];
  if (!found) return 'none';
  return name === 'parameters' || name === 'macs' ? shortNumber(found.mean).trim() : cell(found);
}

function cell({ mean, standardError }: ScoreEstimate): string {
  const shown = mean === -Infinity ? '−∞' : mean.toPrecision(6);
  return Number.isNaN(standardError) ? shown : `${shown} ± ${standardError.toPrecision(2)}`;
}

/** Which images make the kernel singular, and why scores are missing. */
function remarks({ source, codes, missing, nameOf }: ModelScores): string[] {
  const reasons = new Map<string, string[]>();
  for (const [name, reason] of Object.entries(missing))
    reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  return [
    ...(codes && codes.determinant.rank < codes.kernel.rows ? [singular(codes)] : []),
    ...[...reasons].map(([reason, names]) => `no ${names.join(', ')}: ${reason}`),
  ].map(remark => `${source.name}: ${remark}`);

  function singular({ kernel, determinant: { rank, equal } }: NonNullable<typeof codes>): string {
    const groups = equal.map(group => group.map(nameOf).join(' = '));
    const why = groups.length > 0 ? `equal codes: ${groups.join('; ')}` : 'no two codes are equal';
    return `the kernel is singular, rank ${rank} of ${kernel.rows}; ${why}`;
  }
}
