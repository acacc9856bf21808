// Draws the order of two bases and the places of the published grid: docs/images/bases.png.
//   npm run build && npm run script -- tools/docs/bases.ts
import { writeFileSync } from 'node:fs';
import { allPlaces, direction, directionAt, formatAddress, parseBasis } from '@nads/basis';
import {
  above,
  beside,
  framed,
  grid,
  heatMap,
  imageSheet,
  lineSheet,
  sheetSvg,
  type Sheet,
} from '@nads/report';
import { svgToPng } from '@nads/report/node';

const side = 16;
const image = { channels: 1, height: side, width: side };
const [pixel, gap, margin] = [2, 4, 8];

/** A direction above its name: blue below 0, white at 0, red above. */
const cell = (values: Float64Array, name: string): Sheet =>
  above([
    imageSheet(heatMap({ values, height: side, width: side, signed: true }), pixel),
    lineSheet(name),
  ]);

/** All directions of a basis in their order, row by row, each with its number. */
function ordered(name: string, columns: number): Sheet {
  const basis = parseBasis(name, image);
  const cells = Array.from({ length: basis.size }, (_, j) => cell(direction(basis, j), `${j}`));
  return titled(`${name}: numbers`, grid(cells, columns, gap));
}

/** All places of the grid of a basis, x:y in column x of row y. */
function places(name: string): Sheet {
  const basis = parseBasis(name, image);
  const cells = allPlaces(basis)!.map(one => cell(directionAt(basis, one), formatAddress(one)));
  return titled(
    `${name}: places x:y of the published grid`,
    grid(cells, basis.places!.size[0], gap),
  );
}

const titled = (title: string, picture: Sheet): Sheet =>
  above([lineSheet(title, { bold: true }), picture], gap);

const sheet = framed(
  beside([ordered('dct:6', 6), ordered('fourier:6', 6), places('fourier:8')], 4 * margin),
  margin,
);
const picture = await svgToPng(sheetSvg(sheet), { dpi: 144 });
writeFileSync(new URL('../../docs/images/bases.png', import.meta.url), picture);
console.log('docs/images/bases.png');
