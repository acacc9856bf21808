import { modelRecord } from '../model-record.js';
import type { Channels, Entry } from '@nads/prune';
import type { AllPruneSettings } from './prune-settings.js';
import type { Pruned, PrunedState } from './pruned.js';

/** What JSON says of a model without some of its channels. */
export function pruneReport(found: Pruned) {
  const { source, settings, before, after, tuned, training } = found;
  return {
    format: 'prune',
    version: 1,
    model: modelRecord(source),
    settings: saidSettings(settings, before.quality !== undefined),
    before: stateOf(before),
    after: stateOf(after),
    ...(tuned && { tuned: stateOf(tuned) }),
    ...(training.length > 0 && { training }),
    removed_against_zeroed: found.difference,
    groups: found.groups.map(({ group: { entries, channels }, left }) => ({
      name: groupName(found.channels, entries),
      initializers: axesOf(entries),
      channels: channels.length,
      left,
    })),
    whole: found.whole.map(({ entries, channels, reason }) => ({
      initializers: axesOf(entries),
      channels: channels.length,
      reason,
    })),
    runtime: found.runtime,
  };
}

/** Settings without what is not measured, and without images. */
function saidSettings(settings: AllPruneSettings, hasData: boolean) {
  const { data, batch, images, validation } = settings;
  const measured = { data, batch, images, validation: validation?.name };
  const left = { data: undefined, batch: undefined, images: undefined, validation: undefined };
  return { ...settings, preprocessing: undefined, ...(hasData ? measured : left) };
}

/** The first weight of a layer that makes the channels, and in how many more they live. */
function groupName({ inference }: Channels, entries: readonly Entry[]): string {
  const makes = entries.find(
    ({ initializer, axis }) => axis === 0 && inference.get(initializer)!.dims!.length > 1,
  );
  const { initializer } = makes ?? entries[0];
  const names = new Set(entries.map(entry => entry.initializer));
  return names.size > 1 ? `${initializer} and ${names.size - 1} more` : initializer;
}

const axesOf = (entries: readonly Entry[]) =>
  entries.map(({ initializer, axis }) => ({ initializer, axis }));

const stateOf = ({ quality, ...sizes }: PrunedState) => ({ ...sizes, ...quality });
