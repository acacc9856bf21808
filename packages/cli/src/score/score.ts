import type { LabelledImages } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import {
  kernelFile,
  nativeModel,
  score as study,
  scoreSummary,
  scoreTable,
  type ModelScores,
  type ScoreSettings,
} from '@nads/study';
import {
  isThere,
  nodeEnvironment,
  openData,
  requireAllWritable,
  writeWhole,
} from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import type { QueueFlags } from '../commands/queue-options.js';
import { manifest } from '../models/manifest.js';
import { commandWords, incidental } from '../terminal/command-words.js';
import { openOutput, type OutputFlags } from '../terminal/open-output.js';
import { speaker } from '../terminal/say.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { watchedToTheEnd } from '../terminal/watched-to-the-end.js';
import type { Watch } from '../terminal/watched.js';
import { scoreCells } from './cells.js';

/** Options of `nads score`. */
export interface ScoreFlags
  extends Omit<ScoreSettings, 'preprocessing'>, OutputFlags, PreprocessingFlags, QueueFlags {
  readonly data: string;
  readonly cells?: string;
  readonly out?: string;
  readonly threads?: number;
  readonly kernel?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Runs `nads score`. */
export async function score(models: readonly string[], flags: ScoreFlags): Promise<void> {
  const { cells, kernel } = flags;
  if ((cells === undefined) === (models.length === 0))
    throw new Error('give either models to score or `cells`');
  if (kernel !== undefined && models.length !== 1)
    throw new OptionError('kernel', 'it holds the kernel of one model; give one');
  return cells === undefined ? scoreModels(models, flags) : scoreCells(cells, flags);
}

async function scoreModels(models: readonly string[], flags: ScoreFlags): Promise<void> {
  const { kernel, json, out, quiet } = flags;
  const data = openData(flags.data, flags);
  const results = await watchedToTheEnd(quiet, async watch => {
    const found: ModelScores[] = [];
    for (const model of models) found.push(await scoreOne(model, data, flags, watch));
    return found;
  });
  const [{ codes, description }] = results;
  if (kernel !== undefined) writeKernel(kernel, codes);
  const words = commandWords(name => name === 'kernel' || incidental.has(name));
  const summaries = results.map(of => ({ ...scoreSummary(of), arguments: words }));
  const summary = `${JSON.stringify(summaries, null, 2)}\n`;
  if (out !== undefined) writeWhole(out, summary);
  if (!json) speaker(quiet)(out === undefined ? description : `${description}, written to ${out}`);
  process.stdout.write(json ? summary : scoreTable(results));
}

/** A file or a model that comes with nads; otherwise a native architecture, whose weights are always fresh. */
async function scoreOne(
  model: string,
  data: LabelledImages,
  flags: ScoreFlags,
  watch: Watch,
): Promise<ModelScores> {
  const preprocessing = statedPreprocessing(model, flags);
  const native = await isNative(model);
  const source = native ? await nativeModel(model, data, preprocessing) : openOutput(model, flags);
  const outputs = [flags.kernel, flags.out].filter(file => file !== undefined);
  requireAllWritable(outputs, flags.force); // now that it is known what is read
  const settings = { ...flags, preprocessing, ...(native && { weights: 'fresh' as const }) };
  return study(source, data, settings, { ...nodeEnvironment(), ...watch });
}

/** Where an architecture is called as a model is, the architecture is meant. */
async function isNative(model: string): Promise<boolean> {
  if (isThere(model) || model.endsWith('.onnx')) return false;
  const { architectures } = await import('@nads/train');
  return architectures.some(({ name }) => name === model) || !manifest().named(model);
}

function writeKernel(file: string, codes: ModelScores['codes']): void {
  if (!codes) throw new OptionError('kernel', 'codes are computed for naswot; add it to `scores`');
  writeWhole(file, kernelFile(codes.kernel));
}
