import {
  elasticity as study,
  elasticityFiles,
  elasticityStateFile,
  elasticitySummary,
  type Elasticity,
  type ElasticitySettings,
} from '@nads/study';
import { nodeEnvironment, openData } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import { duration } from '../terminal/progress.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { speaker, warn } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { watched } from '../terminal/watched.js';
import { describePlan, elasticityText } from './elasticity-text.js';

/** Options of `nads elasticity`. */
export interface ElasticityFlags
  extends
    FolderFlags,
    ShowFlags,
    OutputFlags,
    Omit<ElasticitySettings, 'data' | 'preprocessing'>,
    PreprocessingFlags {
  readonly data: string;
}

/** Runs `nads elasticity`. */
export async function elasticity(file: string, flags: ElasticityFlags): Promise<void> {
  const { out, quiet } = flags;
  const data = openData(flags.data, flags);
  const source = openOutput(file, flags);
  const say = speaker(quiet);
  const settings = { ...flags, preprocessing: statedPreprocessing(file, flags) };
  await runInFolder(
    { command: 'elasticity', flags, main: 'elasticity.npz', state: elasticityStateFile },
    async store => {
      const { result } = await watched(quiet, watch =>
        study(source, data, settings, {
          ...nodeEnvironment(),
          ...watch,
          store,
          onPlan: plan => say(describePlan(plan)),
        }),
      );
      if (!result) {
        warn(interrupted((await store.read(elasticityStateFile)) !== undefined));
        return false;
      }
      warnOfPrecision(result);
      await store.write(elasticityFiles(result, warn));
      const summary = elasticitySummary(result);
      show(flags, [elasticityText(result, summary)], summary);
      say(`${duration(performance.now() / 1000)}, written to ${out}`);
      return true;
    },
  );
}

/** Differences of outputs lose digits where steps are small. */
function warnOfPrecision({ steps }: Elasticity): void {
  if (steps?.precision === 'float32')
    warn(
      `real steps are in single precision, so that short ones are lost in rounding: ${steps.obstacle}`,
    );
}

/** What an interruption leaves. */
const interrupted = (isKept: boolean): string =>
  isKept
    ? 'interrupted; the similarities so far are kept; continue with --resume'
    : 'interrupted before the first part of the similarities was done; nothing was written';
