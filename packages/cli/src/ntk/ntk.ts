import { kernelStateFile, ntk as study, ntkFiles, ntkSummary, type NtkSettings } from '@nads/study';
import { openData } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import type { ProviderFlags } from '../commands/provider-option.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import type { FolderFlags } from '../terminal/run-in-folder.js';
import { runWholeOrResume } from '../terminal/run-whole-or-resume.js';
import { speaker, warn } from '../terminal/say.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import { describePlan, ntkText } from './ntk-text.js';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads ntk`. */
export interface NtkFlags
  extends
    FolderFlags,
    ShowFlags,
    OutputFlags,
    ProviderFlags,
    Omit<NtkSettings, 'data' | 'preprocessing'>,
    PreprocessingFlags {
  readonly data: string;
}

/** Runs `nads ntk`. */
export async function ntk(file: string, flags: NtkFlags): Promise<void> {
  const data = openData(flags.data, flags);
  const source = openOutput(file, flags);
  const say = speaker(flags.quiet);
  const settings = { ...flags, preprocessing: statedPreprocessing(file, flags) };
  await runWholeOrResume({
    command: 'ntk',
    flags,
    main: 'ntk.npz',
    state: kernelStateFile,
    what: 'the kernel',
    study: environment =>
      study(source, data, settings, { ...environment, onPlan: plan => say(describePlan(plan)) }),
    finish: async (store, result) => {
      await store.write(ntkFiles(result, warn));
      show(flags, [ntkText(result)], ntkSummary(result));
    },
  });
}
