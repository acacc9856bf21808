import { shortNumber } from '../short-number.js';
import type { Pruned, PrunedState } from './pruned.js';

/** What was removed, in a few lines; options are in backticks. */
export function pruneText(found: Pruned): string {
  const { before, after, tuned, settings, whole, difference } = found;
  return [
    ...tableLines(tuned ? [before, after, tuned] : [before, after]),
    ...(before.quality
      ? [`loss and accuracy on ${before.quality.images} images of ${before.quality.data}`]
      : []),
    `criterion ${settings.criterion}; removed and zeroed differ by ${difference.toExponential(1)} of the largest output`,
    ...wholeLines(whole),
    ...slowerLines(found),
    '',
  ].join('\n');
}

/** A line for each measure; shares are of what was there before. */
function tableLines(states: readonly PrunedState[]): string[] {
  const [before] = states;
  const rows = [
    ['', 'before', 'after', '', 'fine-tuned'].slice(0, states.length > 2 ? 5 : 4),
    ...measuresOf(before).map(([name, value], i) => {
      const [, left, tuned] = states.map(state => measuresOf(state)[i][1]);
      const cells = [name, shown(name, value), shown(name, left), share(name, value, left)];
      return tuned === undefined ? cells : [...cells, shown(name, tuned)];
    }),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  return rows.map(row =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  );
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

/** How much longer a run may take than before without being slower: shortest times of the same model differ by a few percent. */
const likely = 1.05;

/** Where fewer channels take more time, that and what helps. */
function slowerLines({ before, after, settings }: Pick<Pruned, 'before' | 'after' | 'settings'>) {
  const ratio = after.milliseconds / before.milliseconds;
  if (settings.round > 1 || !(ratio > likely)) return [];
  return [
    `it takes ${ratio.toFixed(2)} times as long as before: some numbers of channels run slowly; \`round\` 8 leaves multiples of 8`,
  ];
}

/** Groups that stay, a line for each reason. */
function wholeLines(whole: Pruned['whole']): string[] {
  const counts = new Map<string, number>();
  for (const { reason, channels } of whole)
    counts.set(reason, (counts.get(reason) ?? 0) + channels.length);
  return [...counts].map(([reason, count]) => `${count} channels stay: ${reason}`);
}
