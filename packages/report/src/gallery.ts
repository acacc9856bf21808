import { colourBar } from './colour-bar.js';
import { sequentialImage } from './colour-map.js';
import { directionImage } from './direction-image.js';
import { frequencies, withFrequencies } from './frequency-axes.js';
import {
  above,
  atEnd,
  atLeast,
  beside,
  framed,
  grid,
  hinted,
  imageSheet,
  lineSheet,
  outlined,
  pad,
  paragraph,
  type Sheet,
} from './sheet.js';

export interface GalleryOptions {
  /** Directions, most preferred first: channels · height · width values each. */
  directions: readonly ArrayLike<number>[];
  /** Their Fourier energies, drawn as given: height · width values each. */
  energies: readonly ArrayLike<number>[];
  height: number;
  width: number;
  /** 1 if not given; 3 are red, green and blue; of any other number, channels are drawn one above the other. */
  channels?: number;
  /** Printed below each pair on the left; 0, 1, 2, … where not given. */
  labels?: readonly string[];
  /** Printed below each pair on the right. */
  values?: ArrayLike<number>;
  /** Standard errors of the values, printed below them; nothing where one is not a number. */
  errors?: ArrayLike<number>;
  /** So many of the first directions are distinguishable from noise, and get a star; not known if not given. */
  resolved?: number;
  /** Above all. */
  title?: string;
  /** What labels and values are, in the line below all; no such line if not given. */
  legend?: string;
  columns?: number;
  /** Side of a pixel of a direction, in CSS pixels: a multiple of ½. */
  side?: number;
}

/** About how wide a direction is drawn where no side is given, in CSS pixels. */
const usualWidth = 48;
/** Of titles and legends. */
const narrowest = 210;
const gap = 2;
const gapBetweenColumns = 6;
const gapBetweenRows = 8;
const margin = 8;

/**
 * Directions in pixel space, each above its Fourier energy and with its number and eigenvalue below.
 * Every image is scaled by itself: directions by max |v| in blue (−), white (0) and red (+), or in
 * colour around mid grey; energies by their maximum from dark violet to yellow.
 * @throws if there is not one energy for each direction, or one has the wrong number of values
 */
export function gallery(options: GalleryOptions): Sheet {
  const { directions, energies, columns = 8, title, legend } = options;
  if (energies.length !== directions.length)
    throw new Error(
      `gallery: ${directions.length} directions need as many energies, got ${energies.length}`,
    );
  const cells = grid(pairs(options), columns, gapBetweenColumns, gapBetweenRows);
  const width = Math.max(cells.width, narrowest);
  const parts = [
    ...(title ? [paragraph(title, width, { bold: true })] : []),
    cells,
    ...(legend === undefined ? [] : [key(options, legend, width)]),
  ];
  return framed(above(parts, gapBetweenRows), margin);
}

/** One sheet for each direction, with frequencies on the left of the first column and below the last of each column. */
function pairs(options: GalleryOptions): Sheet[] {
  const { width, height, channels = 1, directions, energies, columns = 8 } = options;
  const side = options.side ?? Math.max(1, Math.round((2 * usualWidth) / width)) / 2;
  const captions = directions.map((_, i) => caption(options, i, width * side));
  const widest = Math.max(...captions.map(sheet => sheet.width));
  return captions.map((text, i) => {
    const image = directionImage(directions[i], { channels, height, width });
    const direction = outlined(imageSheet(image, side));
    const energy = outlined(imageSheet(sequentialImage(energies[i], height, width), side));
    const { sheet, left } = withFrequencies(energy, width, height, {
      left: i % columns === 0,
      below: i + columns >= directions.length,
    });
    const pair = above([pad(direction, { left }), sheet, pad(text, { left })], gap);
    return hinted(atLeast(pair, widest + left), [
      { text: hint(options, i), x: left, y: 0, width: direction.width, height: direction.height },
    ]);
  });
}

const labelOf = ({ labels }: GalleryOptions, i: number): string => labels?.[i] ?? String(i);

/** The label on the left, the value on the right and its error below, at least `width` wide. */
function caption(options: GalleryOptions, i: number, width: number): Sheet {
  const { values, errors, resolved = 0 } = options;
  const label = lineSheet(`${labelOf(options, i)}${i < resolved ? '*' : ''}`);
  if (!values) return atLeast(label, width);
  const value = lineSheet(shortNumber(values[i]), { faint: true });
  const first = beside([label, atEnd(value, width - label.width - gap)], gap);
  if (!errors) return first;
  const error = lineSheet(errorText(errors[i]), { faint: true });
  return above([first, atEnd(error, first.width)]);
}

/** As in '3: 0.0197 ± 0.0003, distinguishable from noise'. */
function hint(options: GalleryOptions, i: number): string {
  const { values, errors, resolved } = options;
  const error = errors ? ` ${errorText(errors[i])}` : '';
  const value = values ? `: ${shortNumber(values[i])}${error.trimEnd()}` : '';
  const noise =
    resolved === undefined ? '' : `, ${i < resolved ? '' : 'not '}distinguishable from noise`;
  return `${labelOf(options, i)}${value}${noise}`;
}

/** Three digits: 0.0197, or 2.0e-4 where that is shorter. */
const shortNumber = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(1) : value.toPrecision(3);

/** One digit, as in '± 3e-7'; nothing where it is not a number. */
function errorText(error: number): string {
  if (Number.isNaN(error)) return '';
  if (error >= 1) return `± ${Math.round(error)}`;
  return `± ${error < 1e-3 ? error.toExponential(0) : error.toPrecision(1)}`;
}

/** What colours, labels and values mean. */
function key(options: GalleryOptions, legend: string, room: number): Sheet {
  const { channels = 1, resolved } = options;
  const direction =
    channels === 3
      ? lineSheet('top: direction in colour, grey is 0')
      : colourBar({ signed: true, low: '−max', high: 'max', title: 'top: direction' });
  const energy = colourBar({
    signed: false,
    low: '0',
    high: 'max',
    title: 'below: Fourier energy',
  });
  const both = direction.width + energy.width + 16 > room ? above : beside;
  const note = [
    `Every image in its own scale. Axes of energies: cycles per image, ${range(options)}.`,
    legend,
    ...(resolved === undefined ? [] : ['*: distinguishable from noise.']),
  ].join(' ');
  return above([both([direction, energy], both === above ? 2 : 16), paragraph(note, room)], 3);
}

/** Of frequencies along both axes, as in '−16 to 15'. */
function range({ width, height }: GalleryOptions): string {
  const [across, down] = [width, height].map(side => frequencies(side).join(' to '));
  return across === down ? across : `${across} across and ${down} down`;
}
