import { decodeNpz, encodeNpz, type NdArray } from '@nads/dataset';
import { packLower, unpackLower } from '@nads/linalg';
import { emptyTally, type Plan, type SymmetryBlock, type Tally } from '@nads/probe';
import { decodeIdentity, encodeIdentity } from '../identity-array.js';
import type { Identity } from '../identity.js';
import { requireResumable } from '../require-resumable.js';
import { digest, type SourceModel } from '../source-model.js';
import type { Store } from '../store.js';
import { undamaged } from '../undamaged.js';

/** The file of a store that holds a tally. */
export const tallyFile = 'tally.npz';

/** Orders of directions before bases had one definition: tallies of these hold sums in another order. */
const reordered = /^(dct|fourier):/;

/** What decides which networks are drawn and how they are probed: sums of others must not be mixed. */
export function tallyIdentity(
  { sha256, output }: Pick<SourceModel, 'output' | 'sha256'>,
  plan: Plan,
): Identity {
  const { probe, seed, step, init, basis, batch, tail, head, group, probedChannels } = plan;
  const { layout, shape, points, rows, local, further } = plan;
  return {
    model: sha256,
    ...(output !== undefined && { output }),
    probe,
    seed,
    step,
    init,
    head: JSON.stringify(head),
    basis: rows ? `rows ${digestOf((rows.channelRows ?? rows.rows).data)}` : basis,
    ...(reordered.test(basis) && { 'order of directions': 'lowest frequency first' }),
    point: points.map(digestOf).join(' '),
    symmetry: JSON.stringify(group),
    channels: probedChannels,
    size: `${shape.channels}x${shape.height}x${shape.width} ${layout}`,
    batch,
    // networks on parts of maps may be rounded in another way
    ...((local?.rounds || further?.local?.rounds) && { local: 'crops' }),
    tails: tail?.count ?? 1,
    ...(further && { 'further networks': further.count }),
  };
}

const digestOf = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): string =>
  digest(new Uint8Array(buffer, byteOffset, byteLength)).slice(0, 16);

/** A tally as a .npz archive: `identity` (JSON as UTF-8), `networks`, and a packed lower triangle for each group and block. */
export function encodeTally(tally: Tally, identity: Identity): Uint8Array {
  const arrays: Record<string, NdArray> = {
    identity: encodeIdentity(identity),
    networks: { dtype: 'int32', shape: [1], data: Int32Array.of(tally.networks) },
  };
  usedGroups(tally).forEach((sums, g) =>
    sums.forEach((sum, b) => {
      const data = packLower(sum);
      arrays[`group_${g}_block_${b}`] = { dtype: 'float64', shape: [data.length], data };
    }),
  );
  return encodeNpz(arrays);
}

/**
 * The tally that an earlier run left in a store; an empty one where there is none.
 * @throws where it is damaged, or belongs to another model or other settings, saying which.
 */
export async function readTally(
  store: Store,
  identity: Identity,
  blocks: readonly SymmetryBlock[],
): Promise<Tally> {
  const bytes = await store.read(tallyFile);
  if (!bytes) return emptyTally(blocks);
  const where = `${store.name}/${tallyFile}`;
  const arrays = undamaged(where, () => decodeNpz(bytes, where, { limit: largest }));
  const found = undamaged(where, () => decodeIdentity(arrays.get('identity')));
  requireResumable(where, found, identity);
  return undamaged(where, () => decodeTally(arrays, blocks));
}

function decodeTally(
  arrays: ReadonlyMap<string, NdArray>,
  blocks: readonly SymmetryBlock[],
): Tally {
  const tally = emptyTally(blocks);
  tally.networks = count(arrays.get('networks'));
  usedGroups(tally).forEach((sums, g) =>
    sums.forEach((sum, b) => unpackLower(elements(arrays.get(`group_${g}_block_${b}`)), sum)),
  );
  return tally;
}

/** A zip archive holds no more bytes than this. */
const largest = 2 ** 32 - 1;

/** The groups that have a network. */
const usedGroups = ({ networks, groups }: Tally) => groups.slice(0, networks);

function elements(array: NdArray | undefined): Float64Array {
  if (array?.dtype !== 'float64') throw new Error('sums are missing');
  const sums = array.data as Float64Array;
  if (!sums.every(Number.isFinite)) throw new Error('sums are not finite');
  return sums;
}

function count(array: NdArray | undefined): number {
  const networks = Number(array?.data[0]);
  if (!Number.isSafeInteger(networks) || networks < 0) throw new Error('its count is missing');
  return networks;
}
