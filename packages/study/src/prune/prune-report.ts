import type { Pruned, PrunedState } from './prune.js';

/** What JSON says of a model without some of its channels. */
export function pruneReport({ source, settings, ...found }: Pruned) {
  const { data, remove, macs, until, criterion, rounds, momentum, round, batch, images, seed } =
    settings;
  const hasData = found.before.quality !== undefined;
  return {
    format: 'prune',
    version: 1,
    model: { file: source.name, sha256: source.sha256 },
    settings: {
      ...(hasData && { data, batch, images }),
      remove,
      macs,
      until,
      criterion,
      rounds,
      momentum,
      round,
      seed,
    },
    before: stateOf(found.before),
    after: stateOf(found.after),
    removed_against_zeroed: found.difference,
    groups: found.groups.map(({ group: { entries, channels }, left }) => ({
      initializers: entries.map(({ initializer, axis }) => ({ initializer, axis })),
      channels: channels.length,
      left,
    })),
    whole: found.whole.map(({ entries, channels, reason }) => ({
      initializers: entries.map(({ initializer, axis }) => ({ initializer, axis })),
      channels: channels.length,
      reason,
    })),
    runtime: found.runtime,
  };
}

const stateOf = ({ quality, ...sizes }: PrunedState) => ({ ...sizes, ...quality });
