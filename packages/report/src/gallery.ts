import { colourBar } from './colour-bar.js';
import { sequentialImage } from './colour-map.js';
import { directionImage } from './direction-image.js';
import {
  above,
  atEnd,
  atLeast,
  beside,
  framed,
  grid,
  imageSheet,
  lineSheet,
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

/** One sheet for each direction, all of the same size. */
function pairs(options: GalleryOptions): Sheet[] {
  const { width, height, channels = 1, directions, energies } = options;
  const side = options.side ?? Math.max(1, Math.round((2 * usualWidth) / width)) / 2;
  const captions = directions.map((_, i) => caption(options, i, width * side));
  const widest = Math.max(...captions.map(sheet => sheet.width));
  return captions.map((text, i) => {
    const direction = imageSheet(directionImage(directions[i], { channels, height, width }), side);
    const energy = imageSheet(sequentialImage(energies[i], height, width), side);
    return atLeast(above([direction, energy, text], gap), widest);
  });
}

/** The label on the left, the value on the right, at least `width` wide. */
function caption({ labels, values }: GalleryOptions, i: number, width: number): Sheet {
  const label = lineSheet(labels?.[i] ?? String(i));
  if (!values) return atLeast(label, width);
  const value = lineSheet(shortNumber(values[i]), { faint: true });
  return beside([label, atEnd(value, width - label.width - gap)], gap);
}

/** Three digits: 0.0197, or 2.0e-4 where that is shorter. */
const shortNumber = (value: number) =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(1) : value.toPrecision(3);

/** What colours, labels and values mean. */
function key({ channels = 1 }: GalleryOptions, legend: string, width: number): Sheet {
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
  const both = direction.width + energy.width + 16 > width ? above : beside;
  const note = `Every image in its own scale; frequency 0 in the centre of energies. ${legend}`;
  return above([both([direction, energy], both === above ? 2 : 16), paragraph(note, width)], 3);
}
