import { above, atEnd, beside, lineSheet, over, pad, type Sheet } from './sheet.js';

/** The least and the largest frequency of an axis of so many pixels, in cycles per image, with a proper minus. */
export const frequencies = (pixels: number): readonly [string, string] => [
  signed(-Math.floor(pixels / 2)),
  signed(Math.ceil(pixels / 2) - 1),
];

const signed = (value: number): string => String(value).replace('-', '−');

/** Room between labels and the picture. */
const gap = 2;

/** Where frequencies are written. */
interface AxisPlaces {
  readonly left: boolean;
  readonly below: boolean;
}

/**
 * A picture of energies, 0 in the middle, with the least frequency, 0 and the largest on its axes; 0 alone where there is room for
 * no more.
 * @param width of the picture, in frequencies, as @param height
 * @returns with how far the picture was moved to the right
 */
export function withFrequencies(
  picture: Sheet,
  width: number,
  height: number,
  { left, below }: AxisPlaces,
): { readonly sheet: Sheet; readonly left: number } {
  const lower = below ? above([picture, horizontal(picture.width, width)], 1) : picture;
  if (!left) return { sheet: lower, left: 0 };
  const axis = vertical(picture.height, height);
  return { sheet: beside([axis, lower], gap), left: axis.width + gap };
}

/** Where the pixel of frequency 0 has its middle. */
const middle = (length: number, pixels: number): number =>
  (length * (Math.floor(pixels / 2) + 0.5)) / pixels;

function horizontal(length: number, pixels: number): Sheet {
  const [least, zero, most] = labels(pixels);
  const start = middle(length, pixels) - zero.width / 2;
  const isRoomy = least.width <= start && start + zero.width <= length - most.width;
  const places = isRoomy
    ? [least, pad(zero, { left: start }), atEnd(most, length)]
    : [pad(zero, { left: start })];
  return over(places);
}

function vertical(length: number, pixels: number): Sheet {
  const [least, zero, most] = labels(pixels);
  const start = middle(length, pixels) - zero.height / 2;
  const end = length - most.height;
  const isRoomy = least.height <= start && start + zero.height <= end;
  const shown = isRoomy ? [least, zero, most] : [zero];
  const width = Math.max(...shown.map(label => label.width));
  const at = (label: Sheet, top: number): Sheet => pad(atEnd(label, width), { top });
  return over(isRoomy ? [at(least, 0), at(zero, start), at(most, end)] : [at(zero, start)]);
}

const labels = (pixels: number): readonly [Sheet, Sheet, Sheet] => {
  const [least, most] = frequencies(pixels);
  return [lineSheet(least, style), lineSheet('0', style), lineSheet(most, style)];
};

const style = { faint: true } as const;
