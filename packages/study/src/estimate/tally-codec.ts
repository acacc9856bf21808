import { encodeNpz, type NdArray } from '@nads/dataset';
import { packLower, unpackLower, type Matrix } from '@nads/linalg';
import { emptyTally, type Plan, type SymmetryBlock, type Tally } from '@nads/probe';
import { decodeIdentity, encodeIdentity } from '../identity-array.js';
import type { Identity } from '../identity.js';
import { requireResumable } from '../require-resumable.js';
import { SavedArrays } from '../saved-arrays.js';
import { digest, type SourceModel } from '../source-model.js';
import type { Store } from '../store.js';
import { undamaged } from '../undamaged.js';

/** The file of a store that holds a tally. */
export const tallyFile = 'tally.npz';

/** What an identity calls how many further networks each network has. */
const furtherNetworks = 'further networks';

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
    ...(further && { [furtherNetworks]: further.count }),
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
      arrays[nameOf(g, b)] = { dtype: 'float64', shape: [data.length], data };
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
  const arrays = undamaged(where, () => SavedArrays.decode(bytes, where, { limit: largest }));
  const found = undamaged(where, () => decodeIdentity(arrays));
  requireResumable(where, found, identity);
  // further networks lower the variance by a difference, which may be below 0
  const areSquares = !(furtherNetworks in identity);
  return undamaged(where, () => decodeTally(arrays, blocks, areSquares));
}

function decodeTally(
  arrays: SavedArrays,
  blocks: readonly SymmetryBlock[],
  areSquares: boolean,
): Tally {
  const tally = emptyTally(blocks);
  tally.networks = count(arrays);
  const names = ['identity', 'networks'];
  usedGroups(tally).forEach((sums, g) =>
    sums.forEach((sum, b) => {
      const name = nameOf(g, b);
      names.push(name);
      unpackLower(arrays.finite(name, [packedLength(sum.rows)]), sum);
      if (areSquares) requireSquares(sum, `${arrays.file}[${name}]`);
    }),
  );
  const other = arrays.names.find(name => !names.includes(name));
  if (other === undefined) return tally;
  throw new Error(`${arrays.file}[${other}]: ${tally.networks} networks have no such sums`);
}

/** A zip archive holds no more bytes than this. */
const largest = 2 ** 32 - 1;

/** More networks than these nobody has drawn. */
const mostNetworks = 1e8;

const nameOf = (group: number, block: number): string => `group_${group}_block_${block}`;

const packedLength = (n: number): number => (n * (n + 1)) / 2;

/** The groups that have a network. */
const usedGroups = ({ networks, groups }: Tally) => groups.slice(0, networks);

/** @throws where the lower triangle of a matrix is not that of a sum of products v vᵀ: a diagonal below 0 */
function requireSquares({ rows: n, data }: Matrix, where: string): void {
  for (let i = 0; i < n; i++)
    if (data[i * (n + 1)] < 0)
      throw new Error(`${where}: ${data[i * (n + 1)]} in the diagonal of sums of squares`);
}

function count(arrays: SavedArrays): number {
  const [networks] = arrays.finite('networks', [1]);
  if (Number.isSafeInteger(networks) && networks >= 0 && networks <= mostNetworks) return networks;
  throw new Error(`${arrays.file}[networks]: ${networks} is no number of networks`);
}
