import { NpzWriter } from '@nads/dataset';
import { perturbation, type Margin } from '@nads/probe';
import { chart } from '@nads/report';
import { csv } from '../files/csv.js';
import type { Block } from './margin-blocks.js';
import { quantile } from './quantile.js';

/** Margins within one block of a basis. */
export interface BlockMargins extends Range {
  /** Of each image; infinite where none was found. */
  readonly norms: readonly number[];
  /** E‖P ∇f‖², P the projection onto the block. */
  readonly energy: number;
}

type Range = Pick<Block, 'index' | 'first' | 'last'>;

/** A line for each image and block. */
export function marginTable(
  found: readonly Margin[],
  blocks: readonly Range[],
  names: readonly string[],
  labels?: Int32Array,
): string {
  const head = 'image,name,true_label,label,target,block,first,last,margin,iterations'.split(',');
  const rows = found.map(({ image, subspace, label, target, norm, iterations }) => {
    const { index, first, last } = blocks[subspace];
    const known = [image, names[image], labels?.[image], label, target];
    return [...known, index, first, last, norm, iterations];
  });
  return csv(head, rows);
}

/** A line for each block: quartiles over the images, and the energy of data gradients. */
export function blockTable(margins: readonly BlockMargins[]): string {
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

/** Median margins over the basis with their quartiles: an SVG document. */
export function marginChart(margins: readonly BlockMargins[], basis: string): string {
  const x = margins.map(({ first, last }) => (first + last) / 2);
  const at = (share: number): number[] => margins.map(({ norms }) => quantile(norms, share));
  const finite = (values: number[]): number[] =>
    values.map(value => (value === Infinity ? NaN : value));
  return chart({
    title: `Margins along ${basis}`,
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

/**
 * `perturbations` [images, blocks, C, H, W], by pixel from 0, black, to 1, and `blocks`, which ones, as a .npz archive.
 * @param found image by image, those of an image in the order of the blocks.
 */
export async function writePerturbations(
  write: (bytes: Uint8Array) => void,
  found: readonly Margin[],
  blocks: readonly Block[],
  image: { readonly channels: number; readonly height: number; readonly width: number },
): Promise<void> {
  const { channels, height, width } = image;
  function* parts(): Generator<Float32Array> {
    for (const { coefficients, subspace } of found)
      yield perturbation(coefficients, blocks[subspace].rows());
  }
  const archive = new NpzWriter(write);
  await archive.addParts('perturbations', {
    dtype: 'float32',
    shape: [found.length / blocks.length, blocks.length, channels, height, width],
    parts: parts(),
  });
  await archive.add('blocks', {
    dtype: 'int32',
    shape: [blocks.length],
    data: Int32Array.from(blocks, ({ index }) => index),
  });
  archive.end();
}
