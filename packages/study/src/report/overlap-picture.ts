import {
  above,
  atLeast,
  beside,
  colourBar,
  framed,
  hinted,
  imageSheet,
  lineSheet,
  pad,
  paragraph,
  sequential,
  type Colour,
  type PageFigure,
  type RasterImage,
  type Sheet,
  type SheetHint,
} from '@nads/report';
import { svgOf } from '../picture.js';
import type { OverlapCell, OverlapMatrix } from './overlap-matrix.js';
import { rangeOf, shown, withError } from './shown.js';

/** Of a matrix, in CSS pixels. */
const usualWidth = 400;
const [gap, margin, narrowest] = [4, 8, 260];
/** Of the names of rows: cells are no lower. */
const lineHeight = 13;
const white: Colour = [255, 255, 255];

/** How a picture of a matrix is called, and what its colours are. */
interface Words {
  readonly name: string;
  readonly caption: string;
  readonly unit: string;
}

/** Overlaps in colours from 0 to 1, rows by name, columns by number; pointing at one tells its number. White where it is not known. */
export function overlapPicture(
  matrix: OverlapMatrix,
  { name, caption, unit }: Words = usualWords(matrix),
): PageFigure {
  const { names } = matrix;
  const cell = Math.max(lineHeight, Math.round(usualWidth / names.length));
  const cells = hinted(imageSheet(imageOf(matrix), cell), hintsOf(matrix, cell));
  const columns = beside(names.map((_, i) => centred(lineSheet(String(i)), cell)));
  const rows = above(names.map((label, i) => rowName(`${i} ${label}`, cell)));
  const body = beside([above([cells, columns]), rows], gap);
  const width = Math.max(narrowest, body.width);
  const scale = colourBar({ signed: false, low: '0', high: '1', title: unit });
  const draw = () =>
    framed(above([paragraph(caption, width, { bold: true }), body, scale], gap), margin);
  return { name, svg: svgOf({ name, draw }), caption };
}

const usualWords = ({ top, chance }: OverlapMatrix): Words => ({
  name: `overlaps-${top}`,
  caption: `Overlaps at k = ${top}, from 0 to 1; chance is ${rangeOf(chance)}`,
  unit: 'mean squared cosine',
});

const centred = (line: Sheet, width: number): Sheet =>
  atLeast(pad(line, { left: Math.max(0, (width - line.width) / 2) }), width);

const rowName = (text: string, height: number): Sheet => {
  const line = lineSheet(text);
  const above = Math.max(0, (height - line.height) / 2);
  return pad(line, { top: above, bottom: Math.max(0, height - line.height - above) });
};

function imageOf({ cells }: OverlapMatrix): RasterImage {
  const colours = cells.flat().map(cell => (cell ? sequential(cell.overlap) : white));
  return { width: cells.length, height: cells.length, data: Uint8Array.from(colours.flat()) };
}

const hintsOf = ({ names, cells }: OverlapMatrix, side: number): SheetHint[] =>
  cells.flatMap((row, i) =>
    row.map((cell, j) => ({
      text: hintOf(cell, names[i], names[j]),
      x: j * side,
      y: i * side,
      width: side,
      height: side,
    })),
  );

const hintOf = (cell: OverlapCell | undefined, a: string, b: string): string =>
  a === b
    ? `two halves of ${a}: ${shown(cell?.overlap)}`
    : `${a} and ${b}: ${withError(cell?.overlap, cell?.standardError)}, chance ${shown(cell?.chance, 3)}`;
