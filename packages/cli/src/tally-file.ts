import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { decodeNpz, encodeNpz, type NdArray } from '@nads/dataset';
import { emptyTally, type Plan, type SymmetryBlock, type Tally } from '@nads/probe';
import { explain } from './explain.js';
import { writeWhole } from './write-file.js';

/** What a tally belongs to: sums over networks of another model or other settings must not be mixed. */
export type Identity = Readonly<Record<string, string | number | boolean>>;

/** What decides which networks are drawn and how they are probed. */
export function identityOf(sha256: string, plan: Plan): Identity {
  const { seed, step, init, basis, batch, tail, head, group, probedChannels } = plan;
  const { layout, shape, points, rows } = plan;
  return {
    model: sha256,
    seed,
    step,
    init,
    head: JSON.stringify(head),
    basis: rows ? `rows ${digest(rows)}` : basis,
    points: points.map(digest).join(' '),
    symmetry: JSON.stringify(group),
    channels: probedChannels,
    size: `${shape.channels}x${shape.height}x${shape.width} ${layout}`,
    batch,
    tails: tail?.count ?? 1,
  };
}

const digest = (array: Float32Array | Float64Array): string =>
  createHash('sha256')
    .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    .digest('hex')
    .slice(0, 16);

/** Writes a tally so that a later run can go on from it. */
export function writeTally(file: string, tally: Tally, identity: Identity): void {
  const arrays: Record<string, NdArray> = {
    identity: bytes(JSON.stringify(identity)),
    networks: { dtype: 'int32', shape: [1], data: Int32Array.of(tally.networks) },
  };
  tally.groups.forEach((sums, g) =>
    sums.forEach((sum, b) => {
      arrays[`group_${g}_block_${b}`] = {
        dtype: 'float64',
        shape: [sum.rows, sum.columns],
        data: sum.data,
      };
    }),
  );
  writeWhole(file, encodeNpz(arrays));
}

/**
 * The tally that an earlier run left; an empty one where there is none.
 * @throws where it belongs to another model or other settings, saying which.
 */
export function readTally(
  file: string,
  identity: Identity,
  blocks: readonly SymmetryBlock[],
): Tally {
  const tally = emptyTally(blocks);
  if (!existsSync(file)) return tally;
  const arrays = decodeNpz(
    explain(file, () => readFileSync(file)),
    file,
  );
  requireSame(file, JSON.parse(text(arrays.get('identity'))) as Identity, identity);
  tally.networks = Number(arrays.get('networks')?.data[0]);
  tally.groups.forEach((sums, g) =>
    sums.forEach((sum, b) =>
      sum.data.set(elements(file, arrays.get(`group_${g}_block_${b}`), sum.data.length)),
    ),
  );
  return tally;
}

function requireSame(file: string, found: Identity, wanted: Identity): void {
  const different = Object.keys(wanted).find(key => found[key] !== wanted[key]);
  if (different)
    throw new Error(
      `--resume: ${file} belongs to another ${different} (${found[different]}, now ${wanted[different]}); give the same settings or another --out`,
    );
}

function elements(file: string, array: NdArray | undefined, length: number): Float64Array {
  if (array?.dtype !== 'float64' || array.data.length !== length)
    throw new Error(`${file}: damaged; remove it and start again`);
  return array.data as Float64Array;
}

const bytes = (value: string): NdArray => {
  const data = new TextEncoder().encode(value);
  return { dtype: 'uint8', shape: [data.length], data };
};

const text = (array: NdArray | undefined): string =>
  array ? new TextDecoder().decode(array.data as Uint8Array) : '{}';
