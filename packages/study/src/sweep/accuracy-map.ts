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
  type RasterImage,
  type Sheet,
  type SheetHint,
  type SheetImage,
} from '@nads/report';

/** Accuracies over a grid. */
export interface AccuracyMap {
  readonly title: string;
  readonly size: readonly [x: number, y: number];
  /** In percent, of places y · width + x; undefined where no network was trained. */
  readonly accuracies: readonly (number | undefined)[];
  /** Draws the direction of a place, which pages show beside the map to those who point at it. */
  readonly directionOf?: (x: number, y: number) => RasterImage;
}

/** Accuracy of guessing between two classes, in percent: where the colours begin. */
const chance = 50;
/** About how wide the map is, in CSS pixels. */
const usualWidth = 256;
const [gap, margin, narrowest] = [4, 8, 260];
const [white, grey]: readonly Colour[] = [
  [255, 255, 255],
  [170, 170, 170],
];

/** Test accuracies over a grid in one scale from chance to 100 %, places without a network hatched. */
export function accuracyMap(options: AccuracyMap): Sheet {
  const { title, size, accuracies } = options;
  const cell = Math.max(2, Math.round(usualWidth / Math.max(...size)));
  const cells = imageSheet(cellsImage(size, cell, accuracies));
  const map = hinted(withRoom(cells, options), hintsOf(options, cell));
  const rows = beside([verticalNumbers(size[1], cell), map], gap);
  const columns = pad(horizontalNumbers(size[0], cell), { left: rows.width - map.width });
  const width = Math.max(rows.width, narrowest);
  const parts = [
    paragraph(title, width, { bold: true }),
    above([rows, columns]),
    key(width),
    paragraph('Place x:y of a direction in column x, row y.', width),
  ];
  return framed(above(parts, gap), margin);
}

function cellsImage(
  [width, height]: AccuracyMap['size'],
  cell: number,
  accuracies: AccuracyMap['accuracies'],
): RasterImage {
  const image = { width: width * cell, height: height * cell };
  const data = Uint8Array.from(
    Array.from({ length: image.width * image.height }, (_, at) => {
      const [x, y] = [at % image.width, Math.floor(at / image.width)];
      const accuracy = accuracies[Math.floor(y / cell) * width + Math.floor(x / cell)];
      return accuracy === undefined ? hatch(x, y) : colourOf(accuracy);
    }).flat(),
  );
  return { ...image, data };
}

/** Side of a direction that is shown, in CSS pixels, and how many are drawn at most. */
const [directionSide, mostDirections] = [96, 600];

const showsDirections = ({ directionOf, accuracies }: AccuracyMap): boolean =>
  directionOf !== undefined &&
  accuracies.filter(accuracy => accuracy !== undefined).length <= mostDirections;

/** The map with room on the right for a direction, and what is to be seen there. */
function withRoom(map: Sheet, options: AccuracyMap): Sheet {
  if (!showsDirections(options)) return map;
  const text = pad(lineSheet('point at a place'), { top: directionSide + gap });
  return beside([map, atLeast(text, directionSide)], 2 * gap);
}

/** The direction of each place, and its accuracy. */
function hintsOf(options: AccuracyMap, cell: number): SheetHint[] {
  const { size, accuracies } = options;
  const shows = showsDirections(options);
  return accuracies.flatMap((accuracy, at) => {
    if (accuracy === undefined) return [];
    const [x, y] = [at % size[0], Math.floor(at / size[0])];
    const text = `direction ${x}:${y}, ${accuracy.toFixed(1)} %`;
    const place = { x: x * cell, y: y * cell, width: cell, height: cell };
    return [{ text, ...place, ...(shows && { picture: shownDirection(options, cell, [x, y]) }) }];
  });
}

/** Right of the map. */
function shownDirection(
  { size, directionOf }: AccuracyMap,
  cell: number,
  [x, y]: readonly [x: number, y: number],
): SheetImage {
  const image = directionOf!(x, y);
  return { image, x: size[0] * cell + 2 * gap, y: 0, side: directionSide / image.width };
}

const colourOf = (accuracy: number): Colour => sequential((accuracy - chance) / (100 - chance));

/** Diagonal lines. */
const hatch = (x: number, y: number): Colour => ((x + y) % 6 === 0 ? grey : white);

function key(width: number): Sheet {
  const scale = colourBar({ signed: false, low: `chance, ${chance} %`, high: '100 %' });
  const pixels = Array.from({ length: 18 * 9 }, (_, at) => hatch(at % 18, Math.floor(at / 18)));
  const swatch = { width: 18, height: 9, data: Uint8Array.from(pixels.flat()) };
  const untrained = beside([pad(imageSheet(swatch), { top: 1 }), lineSheet('no network')], gap);
  const parts = [beside([lineSheet('test accuracy'), scale], gap), untrained];
  return parts[0].width + untrained.width + 12 > width ? above(parts) : beside(parts, 12);
}

/** Cells from one number on an axis to the next. */
const stepOf = (count: number): number => Math.max(1, Math.ceil(count / 8));

const numbersOn = (count: number): number[] =>
  Array.from({ length: Math.ceil(count / stepOf(count)) }, (_, i) => i * stepOf(count));

const horizontalNumbers = (count: number, cell: number): Sheet =>
  beside(numbersOn(count).map(n => atLeast(lineSheet(`${n}`), stepOf(count) * cell)));

function verticalNumbers(count: number, cell: number): Sheet {
  const lines = numbersOn(count).map(n => lineSheet(`${n}`));
  return above(lines.map(line => pad(line, { bottom: stepOf(count) * cell - line.height })));
}
