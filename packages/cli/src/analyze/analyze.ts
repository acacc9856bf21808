import { availableParallelism } from 'node:os';
import { classCount } from '@nads/dataset';
import {
  analysisFiles,
  analysisLines,
  analysisTables,
  analyze as study,
  type Analysis,
  type AnalyzeSettings,
} from '@nads/study';
import {
  FolderStore,
  loadModel,
  nodeEnvironment,
  openData,
  readNads,
  readRows,
  threadPool,
} from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { warn } from '../terminal/warn.js';
import { watched } from '../terminal/watched.js';
import { tableText } from './table-text.js';

/** Options of `nads analyze`. */
export interface AnalyzeFlags
  extends
    Pick<AnalyzeSettings, 'batch' | 'class' | 'images' | 'of' | 'seed' | 'top'>,
    PreprocessingFlags {
  readonly data: string;
  readonly out: string;
  readonly networks: number;
  /** A folder or file; or none. */
  readonly nads?: string;
  readonly basis: string;
  readonly workers?: number;
  readonly quiet?: boolean;
}

/** Runs `nads analyze`. */
export async function analyze(file: string, flags: AnalyzeFlags): Promise<void> {
  const { out, nads, quiet, networks, workers = availableParallelism() } = flags;
  const images = openData(flags.data, flags);
  const source = loadModel(file);
  const settings = settingsOf(file, flags);
  const store = new FolderStore(out);
  const pool = nads === undefined ? threadPool(Math.min(networks, workers)) : undefined;
  const say = (text: string): void => void (quiet || process.stderr.write(`${text}\n`));
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
    if (isInterrupted) warn(interrupted(result));
    if (!result) return;
    warnOfChance(result);
    await store.write(analysisFiles(result));
    const tables = analysisTables(result.numbers).map(tableText);
    process.stdout.write(`${analysisLines(result).join('\n')}\n\n${tables.join('\n')}`);
  } finally {
    await pool?.close();
  }
}

function settingsOf(file: string, flags: AnalyzeFlags): AnalyzeSettings {
  const { data, nads, networks, basis, images, top, seed, of, batch } = flags;
  return {
    data,
    images,
    top,
    seed,
    of,
    batch,
    class: flags.class,
    preprocessing: statedPreprocessing(file, flags),
    ...(nads === undefined
      ? { estimate: { networks, basis, rows: readRows(basis) } }
      : { nads: nads === 'none' ? nads : readNads(nads) }),
  };
}

const interrupted = (result: Analysis | undefined): string =>
  result
    ? `nads: interrupted after ${result.gradients.images} of ${result.chosen} images; what was done is written`
    : 'nads: interrupted before the first images were done; nothing is written';

/** Says so where a model is hardly better than chance: most often its images were prepared in another way. */
function warnOfChance({ gradients: { correct, images }, images: data, trained }: Analysis): void {
  const { mean, std } = trained.preprocessing;
  const chance = 1 / classCount(data);
  const isPlain = mean.every(m => m === 0) && std.every(s => s === 1);
  if (correct === undefined || images < 50 || correct / images > 2 * chance) return;
  warn(
    `the model's accuracy is hardly better than chance; ${isPlain ? 'was it trained with a --mean, --std or --range?' : 'are --mean, --std and --range those it was trained with?'}`,
  );
}
