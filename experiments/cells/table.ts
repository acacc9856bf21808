// Spectra, frequencies and overlaps of NADs side by side, and their first directions, a row for each network.
// As a stage: table.ts --out=FOLDER ESTIMATE..., folders of estimates; rows are named for what follows the first dash.
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ImageShape } from '@nads/basis';
import { effectiveRank } from '@nads/linalg';
import { imageEnergy, radialProfile } from '@nads/probe';
import { gallery, sheetSvg as svg } from '@nads/report';
import { compare, csv, directionEnergies, spectralEnergy, type NadsResult } from '@nads/study';
import { readNads, writeWhole } from '@nads/study/node';

const { values, positionals } = parseArgs({
  options: { out: { type: 'string' } },
  allowPositionals: true,
});
const out = values.out!;
/** Directions of the subspaces that are compared, and of the picture. */
const [top, shown] = [30, 8];

const results = positionals.map(folder => ({
  name: basename(folder).replace(/^[^-]*-/, ''),
  nads: readNads(folder),
}));
const head = [
  'network',
  'effective_rank',
  'low_frequencies',
  ...results.map(({ name }) => `with_${name}`),
];
const rows = results.map(({ name, nads }) => [
  name,
  effectiveRank(nads.eigenvalues!),
  lowShare(nads),
  ...results.map(other => compare(nads, other.nads, [top]).subspaces[0].overlap),
]);
writeWhole(join(out, 'table.csv'), csv(head, rows));
console.log(head.join('  '));
for (const [name, ...numbers] of rows)
  console.log([name, ...numbers.map(x => Number(x).toPrecision(3))].join('  '));
writeWhole(join(out, 'cells.svg'), picture());

/** Share of the energy of all directions, each weighted with its eigenvalue, below half of the Nyquist frequency. */
function lowShare(nads: NadsResult): number {
  const { height, width } = imageOf(nads);
  const energy = spectralEnergy(directionEnergies(nads.rows, { height, width }), nads.eigenvalues!);
  return radialProfile(energy, height, width).low;
}

function directionsOf({ rows: { rows: count, columns, data } }: NadsResult): Float64Array[] {
  return Array.from({ length: count }, (_, i) =>
    Float64Array.from(data.subarray(i * columns, (i + 1) * columns)),
  );
}

function imageOf({ name, summary }: NadsResult): ImageShape {
  if (!summary) throw new Error(`${name}: no nads.json beside it`);
  return summary.image;
}

/** The first directions of each network in a row. */
function picture(): string {
  const { channels, height, width } = imageOf(results[0].nads);
  const first = results.flatMap(({ name, nads }) =>
    directionsOf(nads)
      .slice(0, shown)
      .map((direction, i) => ({
        direction,
        label: i === 0 ? name : `${i}`,
        value: nads.eigenvalues![i],
      })),
  );
  return svg(
    gallery({
      directions: first.map(({ direction }) => direction),
      energies: first.map(({ direction }) => imageEnergy(direction, { height, width })),
      height,
      width,
      channels,
      labels: first.map(({ label }) => label),
      values: first.map(({ value }) => value),
      columns: shown,
      title: 'The first NADs of cells, a row for each',
      legend: 'Numbers: index from 0, eigenvalue.',
    }),
  );
}
