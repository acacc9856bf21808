import { constants } from 'node:os';
import { classCount, type LabelledImages } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { gramProduct, matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { requireFolder, writeTogether } from '../files/write-file.js';
import { balancedSample } from '../images/balanced-sample.js';
import { describeData, openData } from '../images/open-data.js';
import { explainLater } from '../messages/explain.js';
import { interruptionBySignal } from '../messages/interruption.js';
import { openTrained, type TrainedModel, type TrainedOptions } from '../models/trained-model.js';
import { analysisFiles } from './analyze-files.js';
import { gradientsOfData, type DataGradients } from './analyze-gradients.js';
import { estimatedNads, planNads, readNads, type Nads, type NadSettings } from './analyze-nads.js';
import { analysisNumbers, type AnalysisNumbers } from './analyze-numbers.js';
import { analysisTables, tableText } from './analyze-tables.js';

/** What `nads analyze` is told. */
export interface AnalyzeOptions extends TrainedOptions {
  readonly data: string;
  readonly out: string;
  readonly images: number;
  readonly top: number;
  readonly networks: number;
  readonly nads?: string;
  readonly basis: string;
  readonly seed: number;
  readonly class?: 'true' | 'predicted';
  readonly workers?: number;
  readonly quiet?: boolean;
}

/** Compares what a trained model's gradients use of the data with what its architecture prefers. */
export async function analyze(file: string, options: AnalyzeOptions): Promise<void> {
  const data = openData(options.data, options);
  const trained = await openTrained(file, options);
  const which = options.class ?? (data.labels ? 'true' : 'predicted');
  requireLabels(file, data, which, options, trained);
  const set = balancedSample(data, options.images, new Random(options.seed).fork('images'));
  requireFolder(options.out, '--out');
  const multiply = await matrixProduct(nodeRuntime);
  const gram = await gramProduct(nodeRuntime);
  const interruption = interruptionBySignal();
  const { signal } = interruption;
  try {
    const findNads = nadSource(file, trained, { ...options, interruption: signal, multiply });
    if (!options.quiet) process.stderr.write(`${trained.description}\n`);
    const settings = { which, products: { multiply, gram }, interruption: signal };
    const gradients = await explainLater(file, () =>
      gradientsOfData(trained, set, { ...settings, quiet: options.quiet }),
    );
    const nads = await findNads();
    if (signal.aborted) interrupted(signal, gradients.images, set.count);
    if (gradients.images === 0) return;
    warnOfChance(gradients, data, trained);
    const numbers = await explainLater(file, () =>
      analysisNumbers(gradients, nads, trained.image, options.top, options.quiet),
    );
    const lines = describe(file, options, data, which, gradients, numbers, nads);
    writeTogether(
      analysisFiles(options.out, { trained, options, which, gradients, nads, numbers, lines }),
    );
    process.stdout.write(
      `${lines.join('\n')}\n\n${analysisTables(numbers).map(tableText).join('\n')}`,
    );
  } finally {
    interruption.stop();
  }
}

/** How NADs will be had: what can go wrong with them does so before the work begins. */
function nadSource(
  file: string,
  trained: TrainedModel,
  settings: NadSettings & { readonly nads?: string },
): () => Promise<Nads | undefined> {
  if (settings.nads === 'none') return () => Promise.resolve(undefined);
  if (settings.nads !== undefined) {
    const nads = readNads(settings.nads, trained.image);
    return () => Promise.resolve(nads);
  }
  const prepared = planNads(file, trained, settings);
  return () => estimatedNads(file, prepared, settings);
}

function requireLabels(
  file: string,
  data: LabelledImages,
  which: 'true' | 'predicted',
  { data: spec }: AnalyzeOptions,
  { runner }: TrainedModel,
): void {
  if (which === 'true' && !data.labels)
    throw new Error(`${spec}: has no labels; use --class predicted`);
  if (data.labels && classCount(data) > runner.outputs)
    throw new Error(
      `${spec}: has ${classCount(data)} classes, ${file} has ${runner.outputs} outputs; give the data it was trained on, or images without labels`,
    );
}

function describe(
  file: string,
  { data: spec, of }: AnalyzeOptions,
  data: LabelledImages,
  which: 'true' | 'predicted',
  { images, correct }: DataGradients,
  { trace, effectiveRank, spectrum }: AnalysisNumbers,
  nads: Nads | undefined,
): string[] {
  const accuracy =
    correct === undefined ? '' : `, accuracy ${((100 * correct) / images).toFixed(1)} %`;
  const output = of === 'logits' ? 'logit' : 'output';
  const { columns } = spectrum.eigenvectors;
  const rank =
    effectiveRank === undefined ? '' : `, effective rank ${effectiveRank.toFixed(1)} of ${columns}`;
  return [
    `${file} on ${images} images of ${spec} (${describeData(data)})${accuracy}`,
    `C = E[∇f ∇fᵀ], f the ${output} of the ${which} class: E‖∇f‖² ${trace.toPrecision(4)}${rank}`,
    nads ? `NADs: ${nads.source}, ${nads.rows.rows} directions` : 'NADs: none',
  ];
}

/** Says so where a model knows hardly more than chance does: most often its images were prepared in another way. */
function warnOfChance(
  { correct, images }: DataGradients,
  data: LabelledImages,
  { preprocessing }: TrainedModel,
): void {
  const chance = 1 / classCount(data);
  const isPlain = preprocessing.mean.every(m => m === 0) && preprocessing.std.every(s => s === 1);
  if (correct === undefined || images < 50 || correct / images > 2 * chance) return;
  process.stderr.write(
    `nads: the model knows hardly more of these images than chance; ${isPlain ? 'was it trained with a --mean, --std or --range?' : 'are --mean, --std and --range those it was trained with?'}\n`,
  );
}

function interrupted({ reason }: AbortSignal, done: number, total: number): void {
  process.exitCode = 128 + constants.signals[reason as NodeJS.Signals];
  process.stderr.write(
    `nads: interrupted after ${done} of ${total} images; ${done === 0 ? 'nothing is written' : 'what was done is written'}\n`,
  );
}
