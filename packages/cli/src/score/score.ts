import { OptionError } from '@nads/linalg';
import {
  kernelFile,
  score as study,
  scoreSummary,
  scoreTable,
  type ModelScores,
  type ScoreSettings,
} from '@nads/study';
import { loadModel, nodeEnvironment, openData, writeWhole } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import { speaker } from '../terminal/say.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { watchedWhole } from '../terminal/watched-whole.js';

/** Options of `nads score`. */
export interface ScoreFlags extends Omit<ScoreSettings, 'preprocessing'>, PreprocessingFlags {
  readonly data: string;
  readonly kernel?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Runs `nads score`. */
export async function score(files: readonly string[], flags: ScoreFlags): Promise<void> {
  const { kernel, json, quiet } = flags;
  if (kernel !== undefined && files.length > 1)
    throw new OptionError('kernel', 'it holds the kernel of one model; give one');
  const results = await watchedWhole(quiet, async watch => {
    const found: ModelScores[] = [];
    const data = openData(flags.data, flags);
    for (const file of files) {
      const settings = { ...flags, preprocessing: statedPreprocessing(file, flags) };
      found.push(await study(loadModel(file), data, settings, { ...nodeEnvironment(), ...watch }));
    }
    return found;
  });
  if (!results) return;
  const [{ codes, description }] = results;
  if (kernel !== undefined) writeKernel(kernel, codes);
  if (json) process.stdout.write(`${JSON.stringify(results.map(scoreSummary), null, 2)}\n`);
  else {
    speaker(quiet)(description);
    process.stdout.write(scoreTable(results));
  }
}

function writeKernel(file: string, codes: ModelScores['codes']): void {
  if (!codes) throw new OptionError('kernel', 'codes are computed for naswot; add it to `scores`');
  writeWhole(file, kernelFile(codes.kernel));
}
