import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { decodeNpz, encodeNpz, type NdArray } from '@nads/dataset';
import { packLower, unpackLower } from '@nads/linalg';
import { emptyTally, type Plan, type SymmetryBlock, type Tally } from '@nads/probe';
import { explain } from '../messages/explain.js';
import { writeWhole } from './write-file.js';

/** What a tally belongs to: sums over networks of another model or other settings must not be mixed. */
export type Identity = Readonly<Record<string, string | number | boolean>>;

/** What decides which networks are drawn and how they are probed. */
export function identityOf(sha256: string, plan: Plan): Identity {
  const { probe, seed, step, init, basis, batch, tail, head, group, probedChannels } = plan;
  const { layout, shape, points, rows } = plan;
  return {
    model: sha256,
    probe,
    seed,
    step,
    init,
    head: JSON.stringify(head),
    basis: rows ? `rows ${digest(rows)}` : basis,
    point: points.map(digest).join(' '),
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
  usedGroups(tally).forEach((sums, g) =>
    sums.forEach((sum, b) => {
      const data = packLower(sum);
      arrays[`group_${g}_block_${b}`] = { dtype: 'float64', shape: [data.length], data };
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
  const contents = explain(file, () => readFileSync(file));
  const arrays = undamaged(file, () => decodeNpz(contents, file, { limit: largest }));
  requireSame(
    file,
    undamaged(file, () => storedIdentity(arrays)),
    identity,
  );
  undamaged(file, () => {
    tally.networks = count(arrays.get('networks'));
    usedGroups(tally).forEach((sums, g) =>
      sums.forEach((sum, b) => unpackLower(elements(arrays.get(`group_${g}_block_${b}`)), sum)),
    );
  });
  return tally;
}

/** A zip archive holds no more bytes than this. */
const largest = 2 ** 32 - 1;

function undamaged<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(
      `--resume: ${file} is damaged (${message.replace(`${file}: `, '')}); remove it and start again`,
      { cause: error },
    );
  }
}

function requireSame(file: string, found: Identity, wanted: Identity): void {
  const different = Object.keys(wanted).find(key => found[key] !== wanted[key]);
  if (different)
    throw new Error(
      `--resume: ${file} belongs to another ${different}${values(found[different], wanted[different])}; give the same settings or another --out`,
    );
}

/** The two values, where they say something to people. */
function values(...both: Identity[string][]): string {
  const [found, wanted] = both.map(String);
  return Math.max(found.length, wanted.length) <= 24 ? ` (${found}, now ${wanted})` : '';
}

/** The groups that have a network. */
const usedGroups = ({ networks, groups }: Tally) => groups.slice(0, networks);

function elements(array: NdArray | undefined): Float64Array {
  if (array?.dtype !== 'float64') throw new Error('sums are missing');
  return array.data as Float64Array;
}

function count(array: NdArray | undefined): number {
  const networks = Number(array?.data[0]);
  if (!Number.isSafeInteger(networks) || networks < 0) throw new Error('its count is missing');
  return networks;
}

const bytes = (value: string): NdArray => {
  const data = new TextEncoder().encode(value);
  return { dtype: 'uint8', shape: [data.length], data };
};

function storedIdentity(arrays: ReadonlyMap<string, NdArray>): Identity {
  const array = arrays.get('identity');
  if (array?.dtype !== 'uint8') throw new Error('it does not say what it belongs to');
  return JSON.parse(new TextDecoder().decode(array.data)) as Identity;
}
