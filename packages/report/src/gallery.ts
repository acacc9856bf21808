import { channelsImage, divergingImage, sequentialImage } from './colour-map.js';
import { above, beside, blank, enlarge, pad, type Colour, type RasterImage } from './image.js';
import { textImage } from './text-image.js';

export interface GalleryOptions {
  /** Directions, most preferred first: height · width values each, or 3 · height · width in colour. */
  directions: readonly ArrayLike<number>[];
  /** Their Fourier energies, drawn as given: height · width values each. */
  energies: readonly ArrayLike<number>[];
  height: number;
  width: number;
  /** 1, or 3 for directions in colour (all red, all green, all blue). */
  channels?: 1 | 3;
  /** Printed below each pair on the left; 1, 2, 3, … where not given. */
  labels?: readonly string[];
  /** Printed below each pair on the right. */
  eigenvalues?: ArrayLike<number>;
  columns?: number;
  /** Side of a pixel of a direction in pixels of the picture. */
  scale?: number;
}

/** About how wide a direction is drawn where no scale is given, in pixels. */
const usualWidth = 96;
/** Narrower columns have their text half as large. */
const smallestForLargeText = 80;
const gap = 4;
const gapBetweenColumns = 12;
const gapBetweenRows = 16;
const grey: Colour = [110, 110, 110];

/**
 * Directions in pixel space, each above its Fourier energy and with its number and eigenvalue below.
 * Every image is scaled by itself: directions by max |v| in blue (−), white (0) and red (+), or in
 * colour around mid grey; energies by their maximum from dark violet to yellow.
 * @throws if there is not one energy for each direction, or one has the wrong number of values
 */
export function gallery(options: GalleryOptions): RasterImage {
  const { directions, energies, columns = 8 } = options;
  if (energies.length !== directions.length)
    throw new Error(
      `gallery: ${directions.length} directions need as many energies, got ${energies.length}`,
    );
  const cells = pairs(options);
  const rows: RasterImage[] = [];
  for (let i = 0; i < cells.length; i += columns)
    rows.push(beside(cells.slice(i, i + columns), gapBetweenColumns));
  const margin = gapBetweenColumns;
  return pad(above(rows, gapBetweenRows), {
    top: margin,
    right: margin,
    bottom: margin,
    left: margin,
  });
}

/** One picture for each direction, all of the same size. */
function pairs(options: GalleryOptions): RasterImage[] {
  const { width, directions, energies } = options;
  const scale = options.scale ?? Math.max(1, Math.round(usualWidth / width));
  const captions = directions.map((_, i) => caption(options, i, width * scale));
  const widest = Math.max(...captions.map(image => image.width));
  return captions.map((text, i) => {
    const direction = enlarge(directionImage(options, directions[i]), scale);
    const energy = enlarge(sequentialImage(energies[i], options.height, width), scale);
    const cell = above([direction, energy, text], gap);
    return pad(cell, { right: widest - text.width });
  });
}

function directionImage(
  { height, width, channels = 1 }: GalleryOptions,
  values: ArrayLike<number>,
): RasterImage {
  const draw = channels === 3 ? channelsImage : divergingImage;
  return draw(values, height, width);
}

/** The label on the left, the eigenvalue on the right, at least `width` wide. */
function caption({ labels, eigenvalues }: GalleryOptions, i: number, width: number): RasterImage {
  const scale = width < smallestForLargeText ? 1 : 2;
  const label = textImage(labels?.[i] ?? String(i + 1), scale);
  if (!eigenvalues) return pad(label, { right: Math.max(0, width - label.width) });
  const value = textImage(shortNumber(eigenvalues[i]), scale, grey);
  const space = Math.max(4 * scale, width - label.width - value.width);
  return beside([label, blank(space, 1), value]);
}

/** Three digits: 0.0197, or 1.97e-4 where that is shorter. */
const shortNumber = (value: number) =>
  Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toPrecision(3);
