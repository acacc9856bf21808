import { encodeNpz, type NdArray } from '@nads/dataset';
import { joined, matrix, type Matrix } from '@nads/linalg';
import { about } from '../named-error.js';
import { SavedArrays } from '../saved-arrays.js';
import { textOf, type NamedFile } from '../store.js';
import type { Atlas, AtlasMember, AtlasOverlaps, KeptEstimate } from './atlas.js';
import { compared } from './atlas.js';
import { parseAtlasSummary, type AtlasSummary, type MemberSummary } from './atlas-summary.js';
import { keptDirections } from './member-estimate.js';
import { quantisedRows, restoredRows } from './quantised-rows.js';

/** The files of an atlas. */
export const atlasFiles = { arrays: 'atlas.npz', summary: 'atlas.json' };

/** Bytes of arrays that an atlas may hold. */
const largest = 2 ** 28;

/**
 * atlas.npz and atlas.json. Of each member NAME, for both estimates: `NAME.directions` [2, kept, D] int8 times `NAME.scales` [2, kept],
 * `NAME.eigenvalues` and `NAME.standard_errors` [2, n], `NAME.energy` [2, H, W]; of members that are compared `overlaps` and `errors` [tops, N, N].
 */
export function encodeAtlas({ summary, members, overlaps }: Atlas): NamedFile[] {
  const arrays = Object.assign({}, ...members.map(memberArrays), {
    overlaps: stacked(overlaps.map(({ overlap }) => overlap)),
    errors: stacked(overlaps.map(({ error }) => error)),
  }) as Record<string, NdArray>;
  return [
    [atlasFiles.arrays, encodeNpz(arrays, { compress: true })],
    [atlasFiles.summary, `${JSON.stringify(summary, null, 2)}\n`],
  ];
}

function memberArrays({ summary, estimates }: AtlasMember): Record<string, NdArray> {
  const { name, directions } = summary;
  const quantised = estimates.map(({ leading }) => quantisedRows(leading));
  const { rows, columns } = estimates[0].leading;
  const both = (of: (estimate: KeptEstimate) => Float64Array): Float64Array =>
    joined(Float64Array, estimates.map(of));
  const count = estimates[0].eigenvalues.length;
  return {
    [`${name}.directions`]: {
      dtype: 'int8',
      shape: [2, rows, columns],
      data: joined(
        Int8Array,
        quantised.map(({ values }) => values),
      ),
    },
    [`${name}.scales`]: float32(
      [2, rows],
      joined(
        Float32Array,
        quantised.map(q => q.scales),
      ),
    ),
    [`${name}.eigenvalues`]: floats(
      [2, count],
      both(one => one.eigenvalues),
    ),
    [`${name}.standard_errors`]: floats(
      [2, count],
      both(one => one.standardErrors),
    ),
    [`${name}.energy`]: floats(
      [2, directions.height, directions.width],
      both(one => one.energy),
    ),
  };
}

/** Largest number of float32. */
const largestSingle = 3.4028234663852886e38;

/** In single precision, but for what is too large for it: eigenvalues are squares. */
const floats = (shape: readonly number[], data: Float64Array): NdArray =>
  data.some(x => Math.abs(x) > largestSingle)
    ? { dtype: 'float64', shape, data }
    : float32(shape, Float32Array.from(data));

const float32 = (shape: readonly number[], data: Float32Array): NdArray => ({
  dtype: 'float32',
  shape,
  data,
});

const stacked = (tables: readonly Matrix[]): NdArray =>
  float32(
    [tables.length, tables[0].rows, tables[0].rows],
    joined(
      Float32Array,
      tables.map(({ data }) => Float32Array.from(data)),
    ),
  );

/**
 * An atlas from the bytes of its files.
 * @param folder where they lie, for messages
 * @throws where one is damaged, or they do not belong together, naming file, array or field
 */
export function decodeAtlas(folder: string, npz: Uint8Array, json: Uint8Array): Atlas {
  const file = `${folder}/${atlasFiles.summary}`;
  const summary = parseAtlasSummary(file, textOf(json));
  requireDistinct(file, summary);
  const arrays = SavedArrays.decode(npz, `${folder}/${atlasFiles.arrays}`, { limit: largest });
  const members = summary.members.map(member => memberFrom(arrays, member));
  return { summary, members, overlaps: overlapsFrom(arrays, file, { summary, members }) };
}

function requireDistinct(file: string, { members, tops }: AtlasSummary): void {
  const names = new Set(members.map(({ name }) => name));
  if (names.size < members.length) throw new Error(`${file}: two members have the same name`);
  for (const { name, from, alone, subspaces } of members) {
    if (from !== undefined && !names.has(from))
      throw new Error(`${file}: '${name}' comes from '${from}', which is no member`);
    if (alone === undefined && tops.some(top => !subspaces.some(one => one.top === top)))
      throw new Error(
        `${file}: '${name}' has not the subspaces of all dimensions ${tops.join(', ')}`,
      );
  }
}

function memberFrom(arrays: SavedArrays, summary: MemberSummary): AtlasMember {
  const { name, directions } = summary;
  const { channels, height, width } = directions;
  const array = (of: string): string => `${name}.${of}`;
  const pixels = channels * height * width;
  const [, kept] = arrays.shape(array('directions'), [2, 'directions', pixels]);
  const [, count] = arrays.shape(array('eigenvalues'), [2, 'eigenvalues']);
  if (kept > keptDirections || kept > count || kept === 0)
    throw new Error(
      `${arrays.file}[${array('directions')}]: ${kept} directions of ${count}, expected 1 to ${keptDirections}`,
    );
  const values = arrays.finite(array('directions'), [2, kept, pixels]);
  const scales = arrays.finite(array('scales'), [2, kept]);
  const energy = arrays.finite(array('energy'), [2, height, width]);
  const eigenvalues = arrays.finite(array('eigenvalues'), [2, count]);
  const standardErrors = arrays.numbers(array('standard_errors'), [2, count]);
  const half = (all: Float64Array, i: number): Float64Array =>
    all.subarray((i * all.length) / 2, ((i + 1) * all.length) / 2);
  const estimate = (i: number): KeptEstimate => ({
    eigenvalues: half(eigenvalues, i),
    standardErrors: half(standardErrors, i),
    energy: sharesOf(half(energy, i), `${arrays.file}[${array('energy')}]`),
    leading: about(`${arrays.file}[${array('directions')}]`, () =>
      restoredRows({
        values: Int8Array.from(half(values, i)),
        scales: Float32Array.from(half(scales, i)),
      }),
    ),
  });
  return { summary, estimates: [estimate(0), estimate(1)] };
}

/** @throws where they are not shares of one whole */
function sharesOf(energy: Float64Array, where: string): Float64Array {
  const sum = energy.reduce((all, x) => all + x, 0);
  if (energy.every(x => x >= 0) && Math.abs(sum - 1) < 1e-3) return energy;
  throw new Error(`${where}: not shares of one whole; their sum is ${sum}`);
}

function overlapsFrom(
  arrays: SavedArrays,
  file: string,
  { summary: { tops }, members }: Pick<Atlas, 'summary' | 'members'>,
): AtlasOverlaps[] {
  const count = compared({ members }).length;
  const shape = [tops.length, count, count];
  const [overlaps, errors] = [arrays.finite('overlaps', shape), arrays.numbers('errors', shape)];
  const bad = overlaps.findIndex(x => x < 0 || x > 1 + 1e-6);
  if (bad >= 0)
    throw new Error(`${arrays.file}[overlaps]: value ${bad} is ${overlaps[bad]}, no overlap`);
  if (new Set(tops).size < tops.length) throw new Error(`${file}: tops: some are there twice`);
  const size = count * count;
  const table = (all: Float64Array, i: number): Matrix =>
    matrix(count, count, all.subarray(i * size, (i + 1) * size));
  return tops.map((top, i) => ({ top, overlap: table(overlaps, i), error: table(errors, i) }));
}
