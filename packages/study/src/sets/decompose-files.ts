import { join } from 'node:path';
import { Decomposition, type DecompositionResult } from '@nads/dataset';
import { chart, type Series } from '@nads/report';
import { matrixProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { csv } from '../files/csv.js';
import { requireFolder, writeTogether } from '../files/write-file.js';
import { labelsOf } from './pixel-set.js';
import { openAlong, type SetAlongOptions } from './set-along.js';

/** What `nads decompose` is told. */
export interface DecomposeOptions extends SetAlongOptions {
  readonly out: string;
}

/** Writes how much of a set lies along each direction, and how well each tells the classes apart. */
export async function decompose(options: DecomposeOptions): Promise<void> {
  const { out } = options;
  const { set, description, parts, basis, source } = openAlong(options);
  const names = set.labels ? labelsOf(set, options.data).names : [];
  requireFolder(out, '--out');
  const product = await matrixProduct(nodeRuntime);
  const decomposition = new Decomposition(basis.rows(0, basis.count), product);
  for (const { images, count, labels } of parts()) await decomposition.add(images, count, labels);
  const result = decomposition.result();
  writeTogether([
    [join(out, 'decomposition.csv'), table(result, names)],
    [join(out, 'energy.svg'), energyChart(result, names, source)],
    ...(names.length > 1
      ? [[join(out, 'separability.svg'), separabilityChart(result, source)] as const]
      : []),
  ]);
  process.stdout.write(
    `${[description, ...summary(result, source), `written to ${out}`].join('\n')}\n`,
  );
}

function table(result: DecompositionResult, names: readonly string[]): string {
  const { energy, share, variance, fisher, classes } = result;
  const perClass = classes.map((_, label) => `energy_${names[label].replaceAll(/[",\s]+/g, '_')}`);
  const head = ['index', 'energy', 'share', 'variance', 'fisher', ...perClass];
  const rows = Array.from(energy, (value, k) => {
    const ofClasses = classes.map(one => one.energy[k]);
    return [k, value, share[k], variance[k], fisher[k], ...ofClasses];
  });
  return csv(head, rows);
}

const indices = (values: ArrayLike<number>): number[] => Array.from(values, (_, i) => i);

function energyChart(
  { energy, variance, classes }: DecompositionResult,
  names: readonly string[],
  source: string,
): string {
  const x = indices(energy);
  const faint = classes.map((one, label): Series => ({
    label: label === 0 ? `each class (${names.length})` : undefined,
    x,
    y: one.energy,
    colour: '#bbbbbb',
    points: false,
  }));
  return chart({
    title: `Energy along ${source}`,
    x: { title: 'index of the direction' },
    y: { title: 'energy of an image', scale: 'log' },
    series: [
      ...faint,
      { label: 'energy', x, y: energy, points: false },
      { label: 'variance', x, y: variance, points: false },
    ],
  });
}

const separabilityChart = ({ fisher }: DecompositionResult, source: string): string =>
  chart({
    title: `Separation of classes along ${source}`,
    x: { title: 'index of the direction' },
    y: { title: "Fisher's ratio", scale: 'log' },
    series: [{ x: indices(fisher), y: fisher, points: false }],
  });

/** Directions that the summary counts. */
const counted = [1, 10, 100];

function summary({ share, fisher }: DecompositionResult, source: string): string[] {
  const parts = counted
    .filter(k => k <= share.length)
    .map(k => `${k}: ${(100 * share.subarray(0, k).reduce((a, b) => a + b, 0)).toFixed(1)} %`);
  const lines = [`share of energy in the first directions of ${source}: ${parts.join(', ')}`];
  if (Number.isNaN(fisher[0])) return lines;
  const best = indices(fisher).toSorted((a, b) => fisher[b] - fisher[a]);
  const named = best.slice(0, 5).map(k => `${k} (${fisher[k].toPrecision(3)})`);
  return [...lines, `classes are farthest apart along ${named.join(', ')} (Fisher's ratio)`];
}
