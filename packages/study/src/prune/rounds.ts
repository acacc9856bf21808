import {
  checkRemoval,
  chooseChannels,
  chunksByImportance,
  shrink,
  sizeWithout,
  type Channels,
  type Goal,
} from '@nads/prune';
import { fineTuned } from './fine-tuned.js';
import { importanceLeft, importanceOf, measuredAgain, type Measured } from './importance-of.js';
import { channelsOf, type Pruning } from './pruning.js';
import { allLeft, leftWithout, totalLeft, type Left } from './left.js';
import type { TunedRound } from './pruned.js';
import { channelCount, qualityOf } from './states.js';
import type { AllPruneSettings } from './prune-settings.js';

/** What is left after all rounds. */
export interface Rounds {
  readonly channels: Channels;
  readonly left: Left;
  /** Before anything was removed. */
  readonly importance: readonly Float64Array[];
  readonly training: readonly TunedRound[];
  /** Largest difference of removed and zeroed in any round. */
  readonly difference: number;
}

/** A network in one round. */
interface State extends Measured {
  readonly left: Left;
}

/** Removes channels round by round until the goal is reached. */
export async function removeInRounds(pruning: Pruning): Promise<Rounds> {
  const { settings, environment, original } = pruning;
  const { rounds, until, between } = settings;
  const importance = await importanceOf(pruning, original);
  const training: TunedRound[] = [];
  let state: State = { channels: original, importance, left: allLeft(original) };
  let difference = 0;
  for (let round = 1; until !== undefined || round <= rounds; round++) {
    environment.signal?.throwIfAborted();
    const found = await oneRound(pruning, state, round);
    if (!found) break;
    difference = Math.max(difference, found.difference);
    const isLast = until === undefined && round === rounds;
    const { channels, history } = await fineTuned(pruning, found.channels, isLast ? 0 : between);
    if (!(await isGoodEnough(pruning, channels))) break;
    if (history.length > 0) training.push({ round, history });
    const next = { channels, importance: found.importance };
    state = { ...(isLast ? next : await measuredAgain(pruning, next)), left: found.left };
    environment.onProgress?.({
      unit: 'rounds',
      done: round,
      total: until === undefined ? rounds : round + 1,
    });
  }
  return { channels: state.channels, left: state.left, importance, training, difference };
}

/** The network without the channels of one more round; undefined where there are none left to remove. */
async function oneRound(
  { settings, environment: { runtime }, original, feeds }: Pruning,
  state: State,
  round: number,
): Promise<(State & { readonly difference: number }) | undefined> {
  const { channels, importance, left } = state;
  const chunks = chunksByImportance(channels.groups, importance, settings.round);
  const removed = chooseChannels(channels, chunks, goalOf(settings, left, original, round));
  if (removed.length === 0)
    return settings.until === undefined ? { ...state, difference: 0 } : undefined;
  const model = shrink(channels, removed);
  const difference = await checkRemoval(channels, removed, model, feeds, runtime);
  const smaller = channelsOf(model, settings);
  return {
    channels: smaller,
    importance: importanceLeft(state, removed, smaller),
    left: leftWithout(left, channels, removed),
    difference,
  };
}

/** What should be gone after a round. */
function goalOf(
  { remove = 0, macs, until, rounds }: AllPruneSettings,
  left: Left,
  original: Channels,
  round: number,
): Goal {
  const total = channelCount(original);
  if (until !== undefined) return { channels: Math.ceil(total / 20) };
  const part = round / rounds;
  if (macs !== undefined) return { macs: (1 - macs * part) * sizeWithout(original, []).macs };
  return { channels: Math.round(remove * part * total) - (total - totalLeft(left)) };
}

async function isGoodEnough(pruning: Pruning, channels: Channels): Promise<boolean> {
  const { until } = pruning.settings;
  return until === undefined || (await qualityOf(pruning, channels))!.loss <= until;
}
