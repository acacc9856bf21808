import type { LabelledImages } from '@nads/dataset';
import { Random, rankCorrelation } from '@nads/linalg';
import {
  analysedNetwork,
  channelUnit,
  criteria,
  measureImportance,
  zeroed,
  type Criterion,
} from '@nads/prune';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { imageOptions } from '../trained/trained-model.js';
import { evaluate } from './evaluate.js';
import { pruneSettings, type PruneSettings } from './prune-settings.js';
import { analysedOf, openPruning, type Pruning } from './pruning.js';
import { channelCount } from './states.js';
import { classesOf } from './usual-criterion.js';

/** How well criteria agree with what removing each channel by itself does to the loss. */
export interface OracleAgreement {
  /** Channels that were removed, one at a time. */
  readonly channels: number;
  /** Spearman's rank correlation with the mean over minibatches of (ΔL)², by criterion. */
  readonly correlations: Readonly<Record<Criterion, number>>;
  /** Of the runtime. */
  readonly runtime: string;
}

/**
 * Removes every channel of a model by itself and compares the change of the loss with every criterion.
 * @throws one line that names the model where it cannot be pruned
 */
export function pruneOracle(
  source: SourceModel,
  images: LabelledImages,
  given: PruneSettings,
  environment: Environment,
): Promise<OracleAgreement> {
  const settings = pruneSettings(given, true);
  return about(source.name, async () => {
    const pruning = await openPruning(source, images, settings, environment);
    const oracle = await changesOfLoss(pruning);
    const correlations = {} as Record<Criterion, number>;
    for (const criterion of criteria) {
      const found = await importanceBy(pruning, criterion);
      correlations[criterion] = rankCorrelation(found, oracle);
    }
    return { channels: oracle.length, correlations, runtime: environment.runtime.name };
  });
}

/** The mean over minibatches of (ΔL)² of every channel. */
async function changesOfLoss({
  original,
  data,
  settings,
  environment,
}: Pruning): Promise<number[]> {
  const { runtime, signal, onProgress } = environment;
  const { batches } = data!;
  const total = channelCount(original);
  const { losses } = await evaluate(analysedOf(original, settings), batches, runtime);
  const found: number[] = [];
  for (const channel of original.groups.flatMap(({ channels }) => channels)) {
    signal?.throwIfAborted();
    const without = { ...original, model: zeroed(original, [channel]) };
    const zeros = analysedNetwork(without, imageOptions(settings.preprocessing));
    const { losses: after } = await evaluate(zeros, batches, runtime);
    const changes = after.map((loss, i) => (loss - losses[i]) ** 2);
    found.push(changes.reduce((sum, change) => sum + change, 0) / changes.length);
    onProgress?.({ unit: 'channels', done: found.length, total });
  }
  return found;
}

function importanceBy(
  { original, data, settings, environment: { runtime, signal } }: Pruning,
  criterion: Criterion,
): Promise<Float64Array> {
  const analysed = analysedOf(original, settings);
  const all = original.groups.flatMap(({ channels }) => channels);
  const units = all.map(channel => channelUnit(channel, analysed.filters));
  return measureImportance(
    { analysed, inference: original.inference, units, classes: classesOf(original) },
    criterion,
    { runtime, batches: data!.batches, random: new Random(settings.seed), signal },
  );
}
