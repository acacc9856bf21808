import { Random } from '@nads/linalg';
import {
  channelUnit,
  measureImportance,
  type Channel,
  type ChannelGroup,
  type Channels,
} from '@nads/prune';
import { analysedOf, type Pruning } from './pruning.js';
import { classesOf } from './usual-criterion.js';

/** A network in one round, and how much each channel of each group matters. */
export interface Measured {
  readonly channels: Channels;
  readonly importance: readonly Float64Array[];
}

/** The importance of every channel of every group. */
export async function importanceOf(
  { settings, environment: { runtime, signal }, data }: Pruning,
  channels: Channels,
): Promise<Float64Array[]> {
  const analysed = analysedOf(channels, settings);
  const units = channels.groups.flatMap(group =>
    group.channels.map(channel => channelUnit(channel, analysed.filters)),
  );
  const random = new Random(settings.seed).fork('importance');
  const all = await measureImportance(
    { analysed, inference: channels.inference, units, classes: classesOf(channels) },
    settings.criterion,
    { runtime, batches: data?.batches ?? [], random, signal },
  );
  let start = 0;
  return channels.groups.map(({ channels: { length } }) => all.slice(start, (start += length)));
}

/** The importance measured again; that of earlier rounds counts, too. */
export async function measuredAgain(
  pruning: Pruning,
  { channels, importance }: Measured,
): Promise<Measured> {
  const { momentum } = pruning.settings;
  const now = await importanceOf(pruning, channels);
  const mixed = now.map((list, g) =>
    list.map((value, i) => momentum * importance[g][i] + (1 - momentum) * value),
  );
  return { channels, importance: mixed };
}

/** The importance of channels that are left, group by group of the smaller network. */
export function importanceLeft(
  { channels: { groups }, importance }: Measured,
  removed: readonly Channel[],
  smaller: Channels,
): Float64Array[] {
  const gone = new Set(removed);
  const left = new Map(
    groups.map((group, g) => [
      keyOf(group),
      importance[g].filter((_, i) => !gone.has(group.channels[i])),
    ]),
  );
  return smaller.groups.map(group => left.get(keyOf(group))!);
}

/** What a group is known by in networks with fewer channels. */
export const keyOf = ({ entries }: ChannelGroup): string => JSON.stringify(entries);
