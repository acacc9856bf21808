import type { LabelledImages } from '@nads/dataset';
import { Random, rankCorrelation } from '@nads/linalg';
import { batchDims, imageInput, inlineFunctions } from '@nads/onnx';
import {
  analysedNetwork,
  channelGroups,
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
import { pruneData } from './prune-data.js';
import { pruneSettings, type PruneSettings } from './prune-settings.js';

/** How well criteria agree with what removing each channel by itself does to the loss. */
export interface OracleAgreement {
  /** Channels that were removed, one at a time. */
  readonly channels: number;
  /** Spearman's rank correlation with the mean over minibatches of (ΔL)², by criterion. */
  readonly correlations: Readonly<Record<Criterion, number>>;
}

/**
 * Removes every channel of a model by itself and compares the change of the loss with every criterion.
 * @throws one line that names the model where it cannot be pruned
 */
export function pruneOracle(
  source: SourceModel,
  images: LabelledImages,
  given: PruneSettings,
  { runtime, signal, onProgress }: Environment,
): Promise<OracleAgreement> {
  const settings = pruneSettings(given, true);
  return about(source.name, async () => {
    const options = imageOptions(settings.preprocessing);
    const model = inlineFunctions(source.model);
    const image = imageInput(model, options);
    const channels = channelGroups(model, { [image.name]: batchDims(image, image.batch ?? 1) });
    const analysed = analysedNetwork(channels, options);
    const { batches } = pruneData(images, image, settings, analysed.fixedBatch);
    const all = channels.groups.flatMap(group => group.channels);
    const { losses } = await evaluate(analysed, batches, runtime);
    const oracle: number[] = [];
    for (const channel of all) {
      signal?.throwIfAborted();
      const without = { ...channels, model: zeroed(channels, [channel]) };
      const found = await evaluate(analysedNetwork(without, options), batches, runtime);
      const changes = found.losses.map((loss, i) => (loss - losses[i]) ** 2);
      oracle.push(changes.reduce((sum, change) => sum + change, 0) / changes.length);
      onProgress?.({ unit: 'channels', done: oracle.length, total: all.length });
    }
    const [output] = channels.model.graph.outputs;
    const classes = channels.inference.get(output.name)!.dims!.at(-1)!;
    const units = all.map(channel => channelUnit(channel, analysed.filters));
    const correlations = {} as Record<Criterion, number>;
    for (const criterion of criteria) {
      const found = await measureImportance(
        { analysed, inference: channels.inference, units, classes },
        criterion,
        { runtime, batches, random: new Random(settings.seed), signal },
      );
      correlations[criterion] = rankCorrelation(found, oracle);
    }
    return { channels: all.length, correlations };
  });
}
