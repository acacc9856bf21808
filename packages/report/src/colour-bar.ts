import { diverging, sequential } from './colour-map.js';
import type { RasterImage } from './image.js';
import { beside, imageSheet, lineSheet, pad, type Sheet } from './sheet.js';

/** Size of a bar in halves of a CSS pixel. */
const [width, height] = [120, 18];

/** A strip of colours and what its ends stand for. */
export interface ColourBarOptions {
  /** Blue over white to red, or from dark violet to yellow. */
  readonly signed: boolean;
  readonly low: string;
  readonly high: string;
  /** What is in colours. */
  readonly title?: string;
}

/** A bar of all colours between what its ends stand for. */
export function colourBar({ signed, low, high, title }: ColourBarOptions): Sheet {
  const [faint, gap] = [{ faint: true }, 4];
  return beside(
    [
      ...(title ? [lineSheet(title)] : []),
      lineSheet(low, faint),
      pad(imageSheet(strip(signed), 0.5), { top: 1 }),
      lineSheet(high, faint),
    ],
    gap,
  );
}

function strip(signed: boolean): RasterImage {
  const map = signed ? diverging : sequential;
  const line = Array.from({ length: width }, (_, x) => map(x / (width - 1))).flat();
  const lines = Array.from({ length: height }, () => line);
  return { width, height, data: Uint8Array.from(lines.flat()) };
}
