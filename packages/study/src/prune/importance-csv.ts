import type { ChannelGroup, Criterion } from '@nads/prune';
import { csv } from '../csv.js';

/** Importance of channels as CSV: a row for the first constant of each channel. */
export function importanceCsv(
  groups: readonly ChannelGroup[],
  columns: Readonly<Partial<Record<Criterion, readonly ArrayLike<number>[]>>>,
): string {
  const names = Object.keys(columns) as Criterion[];
  const rows = groups.flatMap(({ entries, channels }, g) =>
    channels.map(({ indices }, i) => [
      entries[0].initializer,
      indices[0][0],
      g,
      ...names.map(name => columns[name]![g][i]),
    ]),
  );
  return csv(['initializer', 'channel', 'group', ...names], rows);
}
