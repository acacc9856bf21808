// Draws the order of two bases and the places of the published grid: docs/images/bases.png.
//   npm run build && npm run script -- tools/docs/bases.ts
import { writeFileSync } from 'node:fs';
import { allPlaces, direction, directionAt, formatAddress, parseBasis } from '@nads/basis';
import { above, beside, encodePng, enlarge, heatMap, pad, textImage } from '@nads/report';
import type { RasterImage } from '@nads/report';

const side = 16;
const image = { channels: 1, height: side, width: side };
const [scale, gap, margin] = [3, 6, 12];

/** Images of one size, in rows of `columns`. */
function grid(cells: readonly RasterImage[], columns: number): RasterImage {
  const rows = Array.from({ length: cells.length / columns }, (_, i) =>
    beside(cells.slice(i * columns, (i + 1) * columns), gap),
  );
  return above(rows, gap);
}

/** A direction above its name: blue below 0, white at 0, red above. */
function cell(values: Float64Array, name: string): RasterImage {
  const drawn = heatMap({ values, height: side, width: side, signed: true });
  const framed = pad(
    enlarge(drawn, scale),
    { top: 1, right: 1, bottom: 1, left: 1 },
    [190, 190, 190],
  );
  const label = textImage(name);
  return above([framed, pad(label, { right: framed.width - label.width })], 2);
}

/** All directions of a basis in their order, row by row, each with its number. */
function ordered(name: string, columns: number): RasterImage {
  const basis = parseBasis(name, image);
  const cells = Array.from({ length: basis.size }, (_, j) => cell(direction(basis, j), `${j}`));
  return titled(`${name}: numbers`, grid(cells, columns));
}

/** All places of the grid of a basis, x:y in column x of row y. */
function places(name: string): RasterImage {
  const basis = parseBasis(name, image);
  const cells = allPlaces(basis)!.map(one => cell(directionAt(basis, one), formatAddress(one)));
  return titled(`${name}: places x:y of the published grid`, grid(cells, basis.places!.size[0]));
}

const titled = (title: string, picture: RasterImage): RasterImage =>
  above([textImage(title, 2), picture], gap);

const picture = beside(
  [ordered('dct:6', 6), ordered('fourier:6', 6), places('fourier:8')],
  4 * margin,
);
const framed = pad(picture, { top: margin, right: margin, bottom: margin, left: margin });
writeFileSync(new URL('../../docs/images/bases.png', import.meta.url), encodePng(framed));
console.log(`docs/images/bases.png: ${framed.width}×${framed.height}`);
