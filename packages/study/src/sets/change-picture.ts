import type { ImageShape } from '@nads/basis';
import {
  above,
  beside,
  channelsImage,
  divergingImage,
  framed,
  imageSheet,
  lineSheet,
  paragraph,
  pictureImage,
  pad,
  type RasterImage,
  type Sheet,
} from '@nads/report';

/** An image before and after a change. */
export interface ShownChange {
  readonly name: string;
  readonly before: Float32Array;
  readonly after: Float32Array;
}

/** About how wide an image is drawn, in CSS pixels. */
const usualWidth = 64;
/** Of titles. */
const narrowest = 240;
const columns = 10;
const [gap, margin] = [4, 8];

/**
 * For each image a column: clean, changed, and the difference scaled to its own largest; so is an image outside the range
 * of pictures.
 */
export function changePicture(
  title: string,
  shown: readonly ShownChange[],
  shape: ImageShape,
): Sheet {
  const side = Math.max(1, Math.round((2 * usualWidth) / shape.width)) / 2;
  const bands: Sheet[] = [];
  for (let i = 0; i < shown.length; i += columns)
    bands.push(band(shown.slice(i, i + columns), shape, side));
  const images = above(bands, 2 * gap);
  const width = Math.max(images.width, narrowest);
  const parts = [paragraph(title, width, { bold: true }), images, paragraph(note(shown), width)];
  return framed(above(parts, gap), margin);
}

function note(shown: readonly ShownChange[]): string {
  const areScaled = shown.some(({ after }) => !isPicture(after));
  return `Each difference is scaled to its largest change${areScaled ? ', changed images beyond black and white about their mean' : ''}.`;
}

/** Images beside each other, with what their rows are on the left. */
function band(shown: readonly ShownChange[], shape: ImageShape, side: number): Sheet {
  const rowHeight = shape.height * side + gap;
  const names = ['clean', 'changed', 'difference'].map(name => {
    const line = lineSheet(name, { faint: true });
    return pad(line, { top: (rowHeight - line.height) / 2, bottom: (rowHeight - line.height) / 2 });
  });
  return beside([above(names), ...shown.map(one => column(one, shape, side))], gap);
}

function column({ name, before, after }: ShownChange, shape: ImageShape, side: number): Sheet {
  const difference = around(after, i => before[i], shape);
  const images = [picture(before, shape), picture(after, shape), difference];
  const drawn = images.map(image => imageSheet(image, side));
  return above([...drawn, paragraph(name, shape.width * side)], gap);
}

function picture(values: Float32Array, shape: ImageShape): RasterImage {
  if (isPicture(values)) return pictureImage(values, shape.height, shape.width);
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return around(values, () => mean, shape);
}

/** How far values are from others, in colours; of other than three channels their mean. */
function around(
  values: Float32Array,
  zero: (index: number) => number,
  { channels, height, width }: ImageShape,
): RasterImage {
  const changes = values.map((value, i) => value - zero(i));
  if (channels === 3) return channelsImage(changes, height, width);
  const area = height * width;
  const mean = new Float64Array(area);
  changes.forEach((change, i) => (mean[i % area] += change / channels));
  return divergingImage(mean, height, width);
}

/** Whether nearly all of it lies from black to white. */
function isPicture(values: Float32Array): boolean {
  const beyond = values.filter(value => value < 0 || value > 1).length;
  return beyond <= 0.1 * values.length;
}
