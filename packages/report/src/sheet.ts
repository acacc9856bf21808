import type { RasterImage } from './image.js';
import { textWidth } from './text-width.js';
import { textImage } from './text-image.js';
import { wrapped } from './wrapped.js';

/** Height of letters in a sheet, as CSS counts it, and of a line. */
export const fontSize = 10;
const lineHeight = 13;

/** An image in a sheet. */
export interface SheetImage {
  readonly image: RasterImage;
  /** Its top left corner. */
  readonly x: number;
  readonly y: number;
  /** Side of a pixel. */
  readonly side: number;
}

/** A line of text in a sheet. */
export interface SheetText extends TextStyle {
  readonly text: string;
  /** Its top left corner. */
  readonly x: number;
  readonly y: number;
}

/** A thin line around a part of a sheet, just outside of it. */
export interface SheetFrame {
  /** The top left corner of the part. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What readers are told who point at a part of a sheet. */
export interface SheetHint {
  readonly text: string;
  /** Its top left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Seen while somebody points there, on pages alone. */
  readonly picture?: SheetImage;
}

/** How a line of text looks. */
export interface TextStyle {
  readonly bold?: boolean;
  readonly faint?: boolean;
}

/**
 * Images and lines of text at their places: what a picture without axes shows, drawn by `sheetSvg` and `sheetImage`. Lengths
 * are CSS pixels, 1/96 inch.
 */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly images: readonly SheetImage[];
  readonly texts: readonly SheetText[];
  readonly frames: readonly SheetFrame[];
  readonly hints: readonly SheetHint[];
}

/** A sheet of nothing but an image. @param side of a pixel */
export const imageSheet = (image: RasterImage, side = 1): Sheet => ({
  width: image.width * side,
  height: image.height * side,
  images: [{ image, x: 0, y: 0, side }],
  texts: [],
  frames: [],
  hints: [],
});

/** A sheet of one line. */
export const lineSheet = (text: string, style: TextStyle = {}): Sheet => ({
  width: lineWidth(text, style),
  height: lineHeight,
  images: [],
  texts: [{ text, x: 0, y: 0, ...style }],
  frames: [],
  hints: [],
});

/** A sheet with a thin line around it, which takes no room. */
export const outlined = (sheet: Sheet): Sheet => ({
  ...sheet,
  frames: [...sheet.frames, { x: 0, y: 0, width: sheet.width, height: sheet.height }],
});

/** A sheet that tells more to those who point at its parts. */
export const hinted = (sheet: Sheet, hints: readonly SheetHint[]): Sheet => ({
  ...sheet,
  hints: [...sheet.hints, ...hints],
});

/** A sheet of a text in lines of at most a width. */
export const paragraph = (text: string, width: number, style: TextStyle = {}): Sheet =>
  above(
    wrapped(text, style.bold ? width / bold : width, fontSize).map(line => lineSheet(line, style)),
  );

/** Bold letters are wider. */
const bold = 1.12;

/** As wide as it is in either face that it may be drawn in. */
const lineWidth = (text: string, { bold: isBold }: TextStyle): number =>
  Math.ceil(Math.max(textWidth(text, fontSize) * (isBold ? bold : 1), textImage(text).width));

/** Sheets from left to right, their tops level. */
export function beside(sheets: readonly Sheet[], gap = 0): Sheet {
  let x = 0;
  return over(sheets.map(sheet => shifted(sheet, (x += sheet.width + gap) - sheet.width - gap, 0)));
}

/** Sheets from top to bottom, their left sides level. */
export function above(sheets: readonly Sheet[], gap = 0): Sheet {
  let y = 0;
  return over(
    sheets.map(sheet => shifted(sheet, 0, (y += sheet.height + gap) - sheet.height - gap)),
  );
}

/** Sheets row by row. */
export function grid(sheets: readonly Sheet[], columns: number, gapX = 0, gapY = gapX): Sheet {
  const rows: Sheet[] = [];
  for (let i = 0; i < sheets.length; i += columns)
    rows.push(beside(sheets.slice(i, i + columns), gapX));
  return above(rows, gapY);
}

/** Room on each side. */
export interface Margins {
  top?: number;
  right?: number;
  bottom?: number;
  left?: number;
}

/** A sheet with room around it. */
export function pad(sheet: Sheet, { top = 0, right = 0, bottom = 0, left = 0 }: Margins): Sheet {
  const { width, height, ...parts } = shifted(sheet, left, top);
  return { ...parts, width: width + right, height: height + bottom };
}

/** A sheet with the same room on all sides. */
export const framed = (sheet: Sheet, margin: number): Sheet =>
  pad(sheet, { top: margin, right: margin, bottom: margin, left: margin });

/** A sheet at the end of a width; as it is where it is wider. */
export const atEnd = (sheet: Sheet, width: number): Sheet =>
  pad(sheet, { left: Math.max(0, width - sheet.width) });

/** A sheet within another of the width at least. */
export const atLeast = (sheet: Sheet, width: number): Sheet =>
  pad(sheet, { right: Math.max(0, width - sheet.width) });

/** What is in a sheet moved; the sheet reaches as far as that. */
function shifted(
  { width, height, images, texts, frames, hints }: Sheet,
  dx: number,
  dy: number,
): Sheet {
  const move = <T extends { readonly x: number; readonly y: number }>(parts: readonly T[]): T[] =>
    parts.map(one => ({ ...one, x: one.x + dx, y: one.y + dy }));
  return {
    width: width + dx,
    height: height + dy,
    images: move(images),
    texts: move(texts),
    frames: move(frames),
    hints: move(hints).map(one => ({
      ...one,
      ...(one.picture && { picture: move([one.picture])[0] }),
    })),
  };
}

/** Sheets one over the other. */
export const over = (sheets: readonly Sheet[]): Sheet => ({
  width: Math.max(0, ...sheets.map(({ width }) => width)),
  height: Math.max(0, ...sheets.map(({ height }) => height)),
  images: sheets.flatMap(({ images }) => images),
  texts: sheets.flatMap(({ texts }) => texts),
  frames: sheets.flatMap(({ frames }) => frames),
  hints: sheets.flatMap(({ hints }) => hints),
});
