import {
  describeData,
  imageOf,
  margins as study,
  marginsSummary,
  writeMargins,
  type MarginsSettings,
  type SourceModel,
  type Store,
} from '@nads/study';
import { nodeEnvironment, openData } from '@nads/study/node';
import type { LabelledImages } from '@nads/dataset';
import type { QueueFlags } from '../commands/queue-options.js';
import { workersPool } from '../queue/study-pool.js';
import { closePool } from '../terminal/close-pool.js';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import type { ProviderFlags } from '../commands/provider-option.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { openBasis } from '../terminal/open-basis.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { speaker, warn } from '../terminal/say.js';
import { watched } from '../terminal/watched.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import { marginText } from './margin-text.js';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads margin`. */
export interface MarginFlags
  extends
    FolderFlags,
    ProviderFlags,
    QueueFlags,
    ShowFlags,
    OutputFlags,
    Omit<MarginsSettings, 'basis' | 'preprocessing'>,
    PreprocessingFlags {
  readonly data: string;
  readonly basis: string;
  readonly perturbations?: boolean;
}

/** Runs `nads margin`. */
export async function margin(file: string, flags: MarginFlags): Promise<void> {
  const data = openData(flags.data, flags);
  const source = openOutput(file, flags);
  const preprocessing = statedPreprocessing(file, flags);
  const basis = openBasis(flags.basis, imageOf(source, preprocessing));
  await runInFolder(
    {
      command: 'margin',
      flags,
      main: 'margins.csv',
      state: 'margins.jsonl',
      extensible: ['perturbations'],
    },
    store => marginInto(store, source, data, { ...flags, preprocessing, basis }),
  );
}

/** False where it was interrupted. */
async function marginInto(
  store: Store,
  source: SourceModel,
  data: LabelledImages,
  settings: Omit<MarginFlags, 'basis' | 'preprocessing' | 'data'> & MarginsSettings,
): Promise<boolean> {
  const { out, quiet, perturbations, provider } = settings;
  const pool = await workersPool(settings);
  try {
    const { result, isInterrupted } = await watched(quiet, watch =>
      study(source, data, settings, {
        ...nodeEnvironment(provider),
        ...watch,
        pool,
        store,
        onPlan: ({ trained }) => speaker(quiet)(trained.description),
      }),
    );
    if (result) await writeMargins(store, result, { perturbations, onWarning: warn });
    if (isInterrupted)
      warn(
        result
          ? `interrupted after ${result.images} of ${result.chosen.count} images; what is done is in ${out}; continue with --resume`
          : `interrupted before the first images were done; continue with --resume`,
      );
    if (!result) return false;
    const text = `${marginText(result, describeData(data))}written to ${out}`;
    show(settings, [text], marginsSummary(result));
    return !isInterrupted;
  } finally {
    if (pool) await closePool(pool);
  }
}
