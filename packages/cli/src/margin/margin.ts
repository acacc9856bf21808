import { constants } from 'node:os';
import { join } from 'node:path';
import { Random, rankCorrelation } from '@nads/linalg';
import { rowBasis } from '../directions/row-basis.js';
import { requireFolder, writeInParts, writeTogether } from '../files/write-file.js';
import { balancedSample } from '../images/balanced-sample.js';
import { describeData, openData } from '../images/open-data.js';
import { interruptionBySignal } from '../messages/interruption.js';
import { Progress } from '../messages/progress.js';
import { openTrained, type TrainedOptions } from '../models/trained-model.js';
import { blocksOf, type BlockOptions } from './margin-blocks.js';
import {
  blockTable,
  marginChart,
  marginTable,
  writePerturbations,
  type BlockMargins,
} from './margin-files.js';
import { measureMargins } from './measure-margins.js';
import { quantile } from './quantile.js';

/** What `nads margin` is told. */
export interface MarginOptions extends TrainedOptions, BlockOptions {
  readonly data: string;
  readonly images: number;
  readonly classes: number;
  readonly overshoot: number;
  readonly iterations: number;
  readonly perturbations?: boolean;
  readonly seed: number;
  readonly out: string;
  readonly quiet?: boolean;
}

/** How far decision boundaries are along the blocks of a basis. */
export async function margin(file: string, options: MarginOptions): Promise<void> {
  const { out, quiet } = options;
  const data = openData(options.data, options);
  const trained = await openTrained(file, options);
  const blocks = blocksOf(rowBasis(options.basis, trained.image, options.seed), options);
  const set = balancedSample(data, options.images, new Random(options.seed).fork('images'));
  requireFolder(out, '--out');
  const say = (text: string): void => void (quiet || process.stderr.write(`${text}\n`));
  say(trained.description);
  const progress = new Progress('margins', quiet);
  const { signal, stop } = interruptionBySignal();
  const { classes, overshoot, iterations } = options;
  const { images, found, correct, energy } = await measureMargins(file, trained, set, blocks, {
    classes,
    overshoot,
    iterations,
    signal,
    proceed: done => progress.update(done, set.count * blocks.length),
  }).finally(() => {
    progress.end();
    stop();
  });
  if (signal.aborted) {
    process.exitCode = 128 + constants.signals[signal.reason as NodeJS.Signals];
    say(
      `nads: interrupted after ${images} of ${set.count} images; ${images === 0 ? 'nothing is written' : 'what was done is written'}`,
    );
  }
  if (images === 0) return;
  const margins = blocks.map((block, b): BlockMargins => ({
    ...block,
    norms: found.filter(({ subspace }) => subspace === b).map(({ norm }) => norm),
    energy: energy[b],
  }));
  const names = Array.from({ length: images }, (_, i) => set.nameOf(i));
  const files = [
    [join(out, 'margins.csv'), marginTable(found, blocks, names, set.labels)],
    [join(out, 'blocks.csv'), blockTable(margins)],
    [join(out, 'margins.svg'), marginChart(margins, options.basis)],
  ] as const;
  if (options.perturbations)
    await writeInParts(join(out, 'perturbations.npz'), async write => {
      await writePerturbations(write, found, blocks, trained.image);
      return files;
    });
  else writeTogether(files);
  const accuracy = set.labels ? `, accuracy ${((100 * correct) / images).toFixed(1)} %` : '';
  const lines = [
    `${file} on ${images} images of ${options.data} (${describeData(data)})${accuracy}`,
    ...summary(margins, options.basis),
    `written to ${out}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function summary(margins: readonly BlockMargins[], spec: string): string[] {
  const medians = margins.map(({ norms }) => quantile(norms, 0.5));
  const order = medians.map((_, b) => b).toSorted((a, b) => medians[a] - medians[b]);
  const name = (b: number): string =>
    `${margins[b].first}-${margins[b].last} (${medians[b].toPrecision(3)})`;
  const none = margins.reduce(
    (sum, { norms }) => sum + norms.filter(norm => norm === Infinity).length,
    0,
  );
  const correlation = rankCorrelation(
    medians,
    margins.map(({ energy }) => energy),
  );
  return [
    `median margins along ${spec}, of pixels from 0 to 1: smallest in directions ${order.slice(0, 3).map(name).join(', ')}, largest in ${name(order.at(-1)!)}`,
    ...(none > 0 ? [`${none} searches found no other decision; they count as infinite`] : []),
    ...(Number.isNaN(correlation)
      ? []
      : [
          `Spearman correlation of blocks' median margins with their energy of data gradients: ${correlation.toFixed(3)}`,
        ]),
  ];
}
