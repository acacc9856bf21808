// What networks of several architectures prefer: overlaps of the first NADs of any two, overlaps.csv; their first NADs, nads.svg; and
// their eigenvalues, spectra.svg.
// As a stage: overlaps.ts --out=FOLDER NADS…, folders named estimate-ARCHITECTURE
import { basename, join } from 'node:path';
import { overlap, row } from '@nads/linalg';
import {
  above,
  beside,
  chart,
  directionImage,
  framed,
  imageSheet,
  lineSheet,
  sheetSvg,
} from '@nads/report';
import { csv, type NadsResult } from '@nads/study';
import { readNads, writeWhole } from '@nads/study/node';
import { givenToStage } from '../lib/stage.ts';

/** Directions in the subspaces that are compared. */
const tops = [10, 100];
/** Directions that are shown of each. */
const shown = 8;

interface Network {
  readonly name: string;
  readonly found: NadsResult;
}

const { out, words } = givenToStage();
const networks = words.map((folder): Network => ({
  name: basename(folder).replace('estimate-', ''),
  found: readNads(folder),
}));
const rows = networks.flatMap((first, i) =>
  networks
    .slice(i + 1)
    .map(second => [
      first.name,
      second.name,
      ...tops.map(top => overlap(first.found.rows, second.found.rows, top)),
    ]),
);
writeWhole(
  join(out, 'overlaps.csv'),
  csv(['first', 'second', ...tops.map(top => `top_${top}`)], rows),
);
writeWhole(join(out, 'nads.svg'), sheetSvg(framed(above(networks.map(firstNads), 10), 8)));
writeWhole(join(out, 'spectra.svg'), spectra());
console.log(`overlaps of the first ${tops.join(' and ')} NADs`);
for (const [first, second, ...shares] of rows)
  console.log(`  ${first}, ${second}: ${shares.map(x => Number(x).toFixed(2)).join(', ')}`);
console.log('and of those of two halves of the networks');
for (const { name, found } of networks) console.log(`  ${name}: ${halves(found).join(', ')}`);

/** Overlaps of two halves, as nads.json has them. */
function halves({ summary }: NadsResult): string[] {
  return tops.map(top => summary?.stability?.half_split_overlap[top]?.toFixed(2) ?? 'unknown');
}

/** A name over images. */
function firstNads({ name, found: { rows: nads, summary } }: Network) {
  const { channels, height, width } = summary!.image;
  const images = Array.from({ length: shown }, (_, i) =>
    imageSheet(directionImage(row(nads, i), { channels, height, width }), 2),
  );
  return above([lineSheet(name, { bold: true }), beside(images, 4)], 2);
}

/** Shares of eigenvalues in their sum. */
function spectra(): string {
  return chart({
    title: 'Spectra',
    x: { title: 'index of the NAD', scale: 'symlog', whole: true },
    y: { title: 'share of all eigenvalues', scale: 'log' },
    series: networks.map(({ name, found: { eigenvalues = [] } }) => {
      const sum = Array.from(eigenvalues).reduce((total, value) => total + value, 0);
      return {
        label: name,
        x: Array.from(eigenvalues, (_, i) => i),
        y: Array.from(eigenvalues, value => value / sum),
        points: false,
      };
    }),
  });
}
