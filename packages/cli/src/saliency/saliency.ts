import { constants } from 'node:os';
import { basename, extname, join } from 'node:path';
import { formatDims, preprocess } from '@nads/dataset';
import { pixelsOf, predictions } from '@nads/probe';
import { readImages } from '../files/read-array.js';
import { requireFolder, writeTogether, writeWhole } from '../files/write-file.js';
import { openData } from '../images/open-data.js';
import { explainLater } from '../messages/explain.js';
import { interruptionBySignal } from '../messages/interruption.js';
import { Progress } from '../messages/progress.js';
import {
  openTrained,
  prepareImages,
  type TrainedModel,
  type TrainedOptions,
} from '../models/trained-model.js';
import { saliencyFiles, saliencySummary, type SaliencyResult } from './saliency-files.js';
import { baselineOf, computeMethods, type Baseline, type Method } from './saliency-methods.js';
import { saliencyTable } from './saliency-table.js';

/** What `nads saliency` is told. */
export interface SaliencyOptions extends TrainedOptions {
  readonly image: readonly string[];
  readonly out: string;
  readonly outputIndex?: number;
  readonly method: readonly Method[];
  readonly steps: number;
  readonly baseline: string;
  readonly samples: number;
  readonly noise: number;
  readonly seed: number;
  readonly quiet?: boolean;
}

/** Writes saliency maps of pictures; what was done before an interruption stays. */
export async function saliency(file: string, options: SaliencyOptions): Promise<void> {
  const trained = await openTrained(file, options);
  const { image, description } = trained;
  const baseline = readBaseline(options, trained);
  requireOutput(file, options, trained);
  const pictures = options.image.map(name => openPicture(name, trained));
  requireFolder(options.out, '--out');
  if (!options.quiet) process.stderr.write(`${description}\n`);
  const names = namesOf(options.image);
  const interruption = interruptionBySignal();
  const done: SaliencyResult[] = [];
  try {
    for (const [i, { x, shown }] of pictures.entries()) {
      const result = await explainLater(file, () =>
        oneImage(trained, x, baseline, options, interruption.signal),
      );
      const whole = { ...result, file: options.image[i], name: names[i] };
      writeTogether(saliencyFiles(options.out, whole, shown, image));
      done.push(whole);
    }
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    interrupted(interruption.signal, done.length, pictures.length);
  } finally {
    interruption.stop();
  }
  if (done.length === 0) return;
  const summary = saliencySummary(trained, options, done);
  writeWhole(join(options.out, 'saliency.json'), `${JSON.stringify(summary, null, 2)}\n`);
  process.stdout.write(saliencyTable(done));
}

async function oneImage(
  trained: TrainedModel,
  x: Float32Array,
  baseline: Baseline,
  options: SaliencyOptions,
  signal: AbortSignal,
) {
  const [predicted] = await predictions(trained.runner, x, 1);
  const output = options.outputIndex ?? predicted;
  const progress = new Progress('gradients', options.quiet);
  try {
    const found = await computeMethods(trained, x, output, baseline(x), options, (done, total) => {
      if (signal.aborted) throw new Error('interrupted');
      progress.update(done, total);
    });
    return { output, predicted, ...found };
  } finally {
    progress.end();
  }
}

function openPicture(name: string, trained: TrainedModel) {
  const picture = openData(name);
  if (picture.count !== 1)
    throw new Error(`${name}: ${picture.count} pictures; --image takes single PNG or JPEG files`);
  const pixels = picture.image(0);
  const { size, resize, crop, channels } = trained.preprocessing;
  const plain = { range: [0, 1], mean: [0], std: [1], order: 'RGB', layout: 'NCHW' } as const;
  const x = prepareImages(trained, [pixels], () => name);
  const shown = preprocess([pixels], { size, resize, crop, channels, ...plain }, () => name).data;
  return { x, shown };
}

function readBaseline({ baseline }: SaliencyOptions, trained: TrainedModel): Baseline {
  if (baseline === 'zero' || baseline === 'mean') return baselineOf(baseline, trained);
  if (!baseline.endsWith('.npy'))
    throw new Error(`--baseline: '${baseline}' is none of zero, mean, or a .npy file`);
  const { channels, height, width } = trained.image;
  const [image, ...more] = readImages(baseline, [channels, height, width]);
  if (more.length > 0)
    throw new Error(
      `${baseline}: holds ${more.length + 1} images, a baseline is one of ${formatDims([channels, height, width])} (${pixelsOf(trained.image)} numbers)`,
    );
  return () => image;
}

function requireOutput(
  file: string,
  { outputIndex = 0 }: SaliencyOptions,
  { runner }: TrainedModel,
): void {
  if (outputIndex >= runner.outputs)
    throw new Error(
      `${file}: no output ${outputIndex}; --output-index takes 0 to ${runner.outputs - 1}`,
    );
}

/** What files of each picture begin with: its name without its ending, numbered where two are the same. */
function namesOf(files: readonly string[]): string[] {
  const used = new Map<string, number>();
  return files.map(file => {
    const stem = basename(file, extname(file));
    const times = (used.get(stem) ?? 0) + 1;
    used.set(stem, times);
    return times === 1 ? stem : `${stem}-${times}`;
  });
}

function interrupted({ reason }: AbortSignal, done: number, total: number): void {
  process.exitCode = 128 + constants.signals[reason as NodeJS.Signals];
  process.stderr.write(`nads: interrupted; ${done} of ${total} picture(s) are written\n`);
}
