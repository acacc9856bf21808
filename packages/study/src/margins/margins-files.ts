import { quantile } from '@nads/linalg';
import { csv } from '../csv.js';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import { marginsPicture } from './margins-picture.js';
import { marginsSummary } from './margins-summary.js';
import type { BlockMargins, Margins } from './margins.js';

/** margins.csv, blocks.csv, margins.json and margins.svg. */
export function marginsFiles(found: Margins, onWarning?: OnWarning): NamedFile[] {
  const summary = marginsSummary(found);
  return [
    ['margins.csv', marginTable(found)],
    ['blocks.csv', blockTable(found.margins)],
    ['margins.json', `${JSON.stringify(summary, null, 2)}\n`],
    ...filesOfPictures([marginsPicture(summary)], onWarning),
  ];
}

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
