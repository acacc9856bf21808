import { kernelStateFile, ntk as study, ntkFiles, ntkSummary, type NtkSettings } from '@nads/study';
import { nodeEnvironment, openData } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { duration } from '../terminal/progress.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { speaker, warn } from '../terminal/say.js';
import { watched } from '../terminal/watched.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import { describePlan, ntkText } from './ntk-text.js';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads ntk`. */
export interface NtkFlags
  extends
    FolderFlags,
    ShowFlags,
    OutputFlags,
    Omit<NtkSettings, 'data' | 'preprocessing'>,
    PreprocessingFlags {
  readonly data: string;
}

/** Runs `nads ntk`. */
export async function ntk(file: string, flags: NtkFlags): Promise<void> {
  const { out, quiet } = flags;
  const data = openData(flags.data, flags);
  const source = openOutput(file, flags);
  const say = speaker(quiet);
  const settings = { ...flags, preprocessing: statedPreprocessing(file, flags) };
  await runInFolder(
    { command: 'ntk', flags, main: 'ntk.npz', state: kernelStateFile },
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
        warn(interrupted((await store.read(kernelStateFile)) !== undefined));
        return false;
      }
      await store.write(ntkFiles(result, warn));
      show(flags, [ntkText(result)], ntkSummary(result));
      say(`${duration(performance.now() / 1000)}, written to ${out}`);
      return true;
    },
  );
}

/** What an interruption leaves. */
const interrupted = (isKept: boolean): string =>
  isKept
    ? 'interrupted; the kernel so far is kept; continue with --resume'
    : 'interrupted before the first part of the kernel was done; nothing was written';
