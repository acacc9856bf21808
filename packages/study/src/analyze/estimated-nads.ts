import { pixelsOf } from '@nads/basis';
import { matrix, type Matrix, type MatrixProduct } from '@nads/linalg';
import { directions, emptyTally, type Directions, type Preparation } from '@nads/probe';
import type { Environment } from '../environment.js';
import { drawNetworks } from '../estimate/draw-networks.js';
import type { Goal } from '../estimate/goal.js';
import { about } from '../named-error.js';
import type { EstimatePlan } from '../estimate/plan-estimate.js';
import type { SourceModel } from '../source-model.js';
import { nadsOfChannel, type ComparedNads } from './compared-nads.js';

/** The most directions of which all are quick to find, and how many are found of more. */
const [quick, leading] = [1536, 256];

/** NADs with fresh weights; undefined where the signal is aborted before the first network is done. */
export async function estimatedNads(
  source: SourceModel,
  plan: EstimatePlan,
  goal: Goal,
  environment: Environment,
  multiply: MatrixProduct,
): Promise<ComparedNads | undefined> {
  const { probe, preparation } = plan;
  const tally = emptyTally(probe.blocks);
  await drawNetworks(source.name, plan, goal, tally, environment);
  if (tally.networks === 0) return undefined;
  const k = probe.basis.size <= quick ? probe.basis.size : leading;
  const found = await about(source.name, () =>
    directions(tally, probe.basis, probe.blocks, k, multiply),
  );
  const from = `${tally.networks} fresh network(s), seed ${preparation.plan.seed}`;
  const nads = nadsOf(found, preparation, from);
  const span = preparation.directions * nads.tied;
  return { ...nads, span, networks: tally.networks };
}

function nadsOf(
  found: Directions,
  { plan, image }: Preparation,
  source: string,
): Omit<ComparedNads, 'span'> {
  const pixels = pixelsOf(image);
  const all = matrix(found.eigenvalues.length, pixels, Float64Array.from(found.nads));
  const { stability, eigenvalues } = found;
  if (plan.probedChannels === image.channels)
    return { source, rows: all, tied: 1, eigenvalues, stability };
  const first = firstColumns(all, pixels / image.channels);
  return { ...nadsOfChannel(first, image.channels, source, eigenvalues), stability };
}

function firstColumns(a: Matrix, columns: number): Matrix {
  const part = matrix(a.rows, columns);
  for (let i = 0; i < a.rows; i++)
    part.data.set(a.data.subarray(i * a.columns, i * a.columns + columns), i * columns);
  return part;
}
