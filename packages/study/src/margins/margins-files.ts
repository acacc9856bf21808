import { quantile } from '@nads/linalg';
import { chart } from '@nads/report';
import { csv } from '../csv.js';
import type { NamedFile } from '../store.js';
import type { BlockMargins, Margins } from './margins.js';

/** margins.csv, blocks.csv and margins.svg. */
export const marginsFiles = (found: Margins): NamedFile[] => [
  ['margins.csv', marginTable(found)],
  ['blocks.csv', blockTable(found.margins)],
  ['margins.svg', marginChart(found)],
];

/** A line for each image and block. */
function marginTable({ found, blocks, chosen }: Margins): string {
  const head = 'image,name,true_label,label,target,block,first,last,margin,iterations'.split(',');
  const rows = found.map(({ image, subspace, label, target, norm, iterations }) => {
    const { index, first, last } = blocks[subspace];
    const known = [image, chosen.nameOf(image), chosen.labels?.[image], label, target];
    return [...known, index, first, last, norm, iterations];
  });
  return csv(head, rows);
}

/** A line for each block: quartiles over the images, and the energy of data gradients. */
function blockTable(margins: readonly BlockMargins[]): string {
  const total = margins.reduce((sum, { energy }) => sum + energy, 0);
  const head = 'block,first,last,images,found,q25,median,q75,gradient_energy,gradient_share'.split(
    ',',
  );
  const rows = margins.map(({ index, first, last, norms, energy }) => {
    const quartiles = [0.25, 0.5, 0.75].map(share => quantile(norms, share));
    const found = norms.filter(norm => norm < Infinity).length;
    return [index, first, last, norms.length, found, ...quartiles, energy, energy / total];
  });
  return csv(head, rows);
}

/** Median margins over the basis with their quartiles. */
function marginChart({ margins, basis }: Margins): string {
  const x = margins.map(({ first, last }) => (first + last) / 2);
  const at = (share: number): number[] => margins.map(({ norms }) => quantile(norms, share));
  const finite = (values: number[]): number[] =>
    values.map(value => (value === Infinity ? NaN : value));
  return chart({
    title: `Margins along ${basis.name}`,
    x: { title: 'directions of the block' },
    y: { title: 'smallest perturbation, pixels from 0 to 1', scale: 'log' },
    series: [
      {
        label: 'median and quartiles',
        x,
        y: finite(at(0.5)),
        band: { low: finite(at(0.25)), high: finite(at(0.75)) },
      },
    ],
  });
}
