import { availableParallelism } from 'node:os';
import {
  analysisFiles,
  analysisLines,
  analysisSummary,
  analysisTables,
  analyze as study,
  isNearChance,
  type Analysis,
  type AnalyzeSettings,
} from '@nads/study';
import { nodeEnvironment, openData, readNads, readRows, threadPool } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { closePool } from '../terminal/close-pool.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { speaker, warn } from '../terminal/say.js';
import { watched } from '../terminal/watched.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import { tableText } from './table-text.js';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads analyze`. */
export interface AnalyzeFlags
  extends
    FolderFlags,
    ShowFlags,
    OutputFlags,
    Pick<AnalyzeSettings, 'batch' | 'class' | 'images' | 'of' | 'otherModel' | 'seed' | 'top'>,
    PreprocessingFlags {
  readonly data: string;
  readonly networks: number;
  /** A folder or file; or none. */
  readonly nads?: string;
  readonly basis: string;
  readonly workers?: number;
}

/** Runs `nads analyze`. */
export async function analyze(file: string, flags: AnalyzeFlags): Promise<void> {
  const { nads, quiet, networks, workers = availableParallelism() } = flags;
  const images = openData(flags.data, flags);
  const source = openOutput(file, flags);
  const settings = settingsOf(file, flags);
  const say = speaker(quiet);
  await runInFolder({ command: 'analyze', flags, main: 'analysis.json' }, async store => {
    const pool =
      nads === undefined ? threadPool(Math.min(networks, workers), 'contributions') : undefined;
    try {
      const { result, isInterrupted } = await watched(quiet, watch =>
        study(source, images, settings, {
          ...nodeEnvironment(),
          ...watch,
          pool,
          store,
          onPlan: ({ trained, note }) => {
            say(trained.description);
            if (note) warn(note);
          },
        }),
      );
      if (result) await store.write(analysisFiles(result, warn));
      if (isInterrupted) warn(interrupted(result));
      if (!result) return false;
      if (isNearChance(result)) warn(nearChance);
      const tables = analysisTables(result.numbers).map(tableText);
      show(flags, [...analysisLines(result), '', ...tables], analysisSummary(result));
      say(`written to ${flags.out}`);
      return !isInterrupted;
    } finally {
      if (pool) await closePool(pool);
    }
  });
}

function settingsOf(file: string, flags: AnalyzeFlags): AnalyzeSettings {
  const { nads, networks, basis, ...settings } = flags;
  const preprocessing = statedPreprocessing(file, flags);
  if (nads === undefined)
    return { ...settings, preprocessing, estimate: { networks, basis, rows: readRows(basis) } };
  return { ...settings, preprocessing, nads: nads === 'none' ? nads : readNads(nads) };
}

const nearChance = "the model's accuracy is close to chance; check --mean, --std and --range";

const interrupted = (result: Analysis | undefined): string =>
  result
    ? `interrupted after ${result.gradients.images} of ${result.chosen} images; partial results were written`
    : 'interrupted before the first images were done; nothing was written';
