import {
  elasticity as study,
  elasticityFiles,
  elasticityStateFile,
  elasticitySummary,
  type Elasticity,
  type ElasticitySettings,
} from '@nads/study';
import { openData } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import type { FolderFlags } from '../terminal/run-in-folder.js';
import { runWholeOrResume } from '../terminal/run-whole-or-resume.js';
import { speaker, warn } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
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
  const data = openData(flags.data, flags);
  const source = openOutput(file, flags);
  const say = speaker(flags.quiet);
  const settings = { ...flags, preprocessing: statedPreprocessing(file, flags) };
  await runWholeOrResume({
    command: 'elasticity',
    flags,
    main: 'elasticity.npz',
    state: elasticityStateFile,
    what: 'the matrix of similarities',
    study: environment =>
      study(source, data, settings, { ...environment, onPlan: plan => say(describePlan(plan)) }),
    finish: async (store, result) => {
      warnOfPrecision(result);
      await store.write(elasticityFiles(result, warn));
      const summary = elasticitySummary(result);
      show(flags, [elasticityText(result, summary)], summary);
    },
  });
}

/** Differences of outputs lose digits where steps are small. */
function warnOfPrecision({ steps }: Elasticity): void {
  if (steps?.precision === 'float32')
    warn(
      `real steps are in single precision, so that short ones are lost in rounding: ${steps.obstacle}`,
    );
}
