import { availableParallelism } from 'node:os';
import { matrix, orthonormalise, type Matrix, type MatrixProduct } from '@nads/linalg';
import {
  directions,
  emptyTally,
  inEveryChannel,
  pixelsOf,
  prepare,
  type Directions,
  type ImageShape,
  type Preparation,
} from '@nads/probe';
import { WorkerPool } from '@nads/probe/node';
import { readResult } from '../directions/result.js';
import { drawNetworks } from '../estimate/draw-networks.js';
import { tryOut } from '../estimate/estimate.js';
import { requireMemory } from '../estimate/memory.js';
import { explain } from '../messages/explain.js';
import type { TrainedModel } from '../models/trained-model.js';

/** NADs to compare with. */
export interface Nads {
  /** Where they come from, for reports. */
  readonly source: string;
  /** Orthonormal directions of whole images [K × C·H·W], most preferred first. */
  readonly rows: Matrix;
  /** Rows that come together: the channels, where a direction stands once in each. */
  readonly tied: number;
  /** The directions of one channel [K/tied × H·W], where they are the same in each. */
  readonly channelRows?: Matrix;
  /** Of each row, where known. */
  readonly eigenvalues?: Float64Array;
  readonly networks?: number;
  readonly stability?: Directions['stability'];
}

/** How NADs are estimated. */
export interface NadSettings {
  readonly networks: number;
  readonly seed: number;
  readonly basis: string;
  readonly workers?: number;
  readonly quiet?: boolean;
  readonly interruption: AbortSignal;
  readonly multiply: MatrixProduct;
}

/** The most directions of which all are quick to find. */
const quick = 1536;

/** Plans an estimate of the NADs of a model's architecture. @throws where it cannot be made here. */
export function planNads(
  file: string,
  { loaded, image }: TrainedModel,
  { networks, seed, basis, workers = availableParallelism() }: NadSettings,
): Preparation {
  const size = [image.height, image.width] as const;
  const prepared = explain(file, () =>
    prepare(loaded.model, { layout: image.layout, size, seed, basis }),
  );
  requireMemory(file, prepared, Math.min(networks, workers));
  return prepared;
}

/** NADs with fresh weights; none where interrupted before the first network. */
export async function estimatedNads(
  file: string,
  prepared: Preparation,
  settings: NadSettings,
): Promise<Nads | undefined> {
  const { networks, seed, interruption, multiply, workers = availableParallelism() } = settings;
  if (interruption.aborted) return undefined;
  const pool = new WorkerPool(Math.min(networks, workers));
  try {
    const { preparation, probe } = await tryOut(file, prepared);
    const tally = emptyTally(probe.blocks);
    const options = { ...settings, top: 10, maxNetworks: networks, interruption };
    await drawNetworks(file, preparation, probe, pool, tally, options, multiply, () => {});
    if (tally.networks === 0) return undefined;
    const k = probe.basis.size <= quick ? probe.basis.size : Math.min(256, probe.basis.size);
    const found = await directions(tally, probe.basis, probe.blocks, k, multiply);
    const source = `${tally.networks} fresh network(s), seed ${seed}`;
    return { ...nadsOf(found, preparation, source), networks: tally.networks };
  } finally {
    await pool.close();
  }
}

function nadsOf(found: Directions, { plan, image }: Preparation, source: string): Nads {
  const pixels = pixelsOf(image);
  const k = found.eigenvalues.length;
  const all = matrix(k, pixels, Float64Array.from(found.nads));
  const { stability, eigenvalues } = found;
  if (plan.probedChannels === image.channels)
    return { source, rows: all, tied: 1, eigenvalues, stability };
  const area = pixels / image.channels;
  const channelRows = matrix(k, area);
  for (let i = 0; i < k; i++)
    channelRows.data.set(all.data.subarray(i * pixels, i * pixels + area), i * area);
  return { ...repeated(channelRows, image.channels, source, eigenvalues), stability };
}

function repeated(
  channelRows: Matrix,
  channels: number,
  source: string,
  eigenvalues?: Float64Array,
): Nads {
  return {
    source,
    rows: inEveryChannel(channelRows, channels),
    tied: channels,
    channelRows,
    eigenvalues:
      eigenvalues &&
      Float64Array.from(
        { length: channelRows.rows * channels },
        (_, i) => eigenvalues[Math.floor(i / channels)],
      ),
  };
}

/**
 * NADs that an earlier estimate wrote, or the rows of a .npy file; those of one channel stand for every channel.
 * @throws where they are not of the size of the model's images.
 */
export function readNads(path: string, image: ImageShape): Nads {
  const { rows, channelRows, eigenvalues } = readResult(path);
  const area = image.height * image.width;
  const one = channelRows ?? (rows.columns === area && image.channels > 1 ? rows : undefined);
  if ((one ? one.columns * image.channels : rows.columns) !== pixelsOf(image))
    throw new Error(
      `${path}: directions of ${rows.columns} pixels, the model takes ${image.channels}×${image.height}×${image.width}; give NADs of this architecture`,
    );
  const orthonormal = explain(path, () => orthonormalise(one ?? rows));
  if (!one) return { source: path, rows: orthonormal, tied: 1, eigenvalues };
  const step = channelRows ? image.channels : 1;
  const ofOne = eigenvalues?.filter((_, i) => i % step === 0);
  return repeated(orthonormal, image.channels, path, ofOne);
}
