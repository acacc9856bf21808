import {
  describeData,
  imageOf,
  margins as study,
  writeMargins,
  type MarginsSettings,
  type SourceModel,
} from '@nads/study';
import { FolderStore, loadModel, nodeEnvironment, openData, readBasis } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { warn } from '../terminal/warn.js';
import { watched } from '../terminal/watched.js';
import { marginText } from './margin-text.js';

/** Options of `nads margin`. */
export interface MarginFlags
  extends Omit<MarginsSettings, 'basis' | 'preprocessing'>, PreprocessingFlags {
  readonly data: string;
  readonly basis: string;
  readonly perturbations?: boolean;
  readonly out: string;
  readonly quiet?: boolean;
}

/** Runs `nads margin`. */
export async function margin(file: string, flags: MarginFlags): Promise<void> {
  const { out, quiet, perturbations } = flags;
  const data = openData(flags.data, flags);
  const source = loadModel(file);
  const settings = settingsOf(source, flags);
  const store = new FolderStore(out);
  const { result, isInterrupted } = await watched(quiet, watch =>
    study(source, data, settings, {
      ...nodeEnvironment(),
      ...watch,
      store,
      onPlan({ trained, basis }) {
        if (!quiet) process.stderr.write(`${trained.description}\n`);
        if (basis.note) warn(basis.note);
      },
    }),
  );
  if (isInterrupted)
    warn(
      result
        ? `interrupted after ${result.images} of ${result.chosen.count} images; what was done is written`
        : 'interrupted before the first images were done; nothing is written',
    );
  if (!result) return;
  await writeMargins(store, result, { perturbations });
  process.stdout.write(`${marginText(result, describeData(data))}written to ${out}\n`);
}

function settingsOf(source: SourceModel, flags: MarginFlags): MarginsSettings {
  const { data, images, seed, of, batch, block, blocks, classes, overshoot, iterations } = flags;
  const preprocessing = statedPreprocessing(source.name, flags);
  const basis = readBasis(flags.basis, imageOf(source, preprocessing));
  const search = { classes, overshoot, iterations };
  return { data, images, seed, of, batch, preprocessing, basis, block, blocks, ...search };
}
