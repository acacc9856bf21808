import { shortNumber } from '../short-number.js';
import type { Pruned, PrunedState } from './prune.js';

/** What was removed, in a few lines. */
export function pruneText({ before, after, settings, whole, difference }: Pruned): string {
  const rows = [
    ['', 'before', 'after', ''],
    ...measuresOf(before).map(([name, value], i) => {
      const other = measuresOf(after)[i][1];
      return [name, shown(name, value), shown(name, other), share(name, value, other)];
    }),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const table = rows.map(row =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  );
  return [
    ...table,
    `criterion ${settings.criterion}; removed and zeroed differ by ${difference.toExponential(1)} of the largest output`,
    ...wholeLines(whole),
    '',
  ].join('\n');
}

const measuresOf = ({ quality, ...state }: PrunedState): [string, number][] => [
  ['channels', state.channels],
  ['parameters', state.parameters],
  ['multiply–accumulates', state.macs],
  ['bytes', state.bytes],
  ['milliseconds', state.milliseconds],
  ...(quality
    ? ([
        ['loss', quality.loss],
        ['accuracy', quality.accuracy],
      ] as [string, number][])
    : []),
];

function shown(name: string, value: number): string {
  if (name === 'accuracy') return `${(100 * value).toFixed(1)}%`;
  if (name === 'loss') return value.toFixed(4);
  return name === 'channels' ? String(value) : shortNumber(value).trim();
}

const share = (name: string, before: number, after: number): string =>
  name === 'accuracy' || name === 'loss' ? '' : `${((100 * after) / before).toFixed(1)}%`;

/** Groups that stay, a line for each reason. */
function wholeLines(whole: Pruned['whole']): string[] {
  const counts = new Map<string, number>();
  for (const { reason, channels } of whole)
    counts.set(reason, (counts.get(reason) ?? 0) + channels.length);
  return [...counts].map(([reason, count]) => `${count} channels stay: ${reason}`);
}
