import { base64 } from './base64.js';
import { faintInk, ink } from './palette.js';
import { encodePng } from './png.js';
import {
  fontSize,
  type Sheet,
  type SheetFrame,
  type SheetHint,
  type SheetImage,
  type SheetText,
} from './sheet.js';
import { element, escaped } from './svg.js';
import { svgDocument } from './svg-document.js';

/** Of the capitals of usual faces, as a share of the font size. */
const capital = 0.73;

/** A sheet as a self-contained SVG document: text stays text, pixels of images are squares at any size. */
export const sheetSvg = ({ width, height, images, texts, frames, hints }: Sheet): string =>
  svgDocument(
    { width, height, fontSize },
    ...images.map(image => imageMark(image)),
    ...frames.map(frameMark),
    ...texts.map(textMark),
    ...hints.map(hintMark),
  );

/** Width of the line around a frame. */
const line = 0.5;

const frameMark = ({ x, y, width, height }: SheetFrame): string =>
  element('rect', {
    x: x - line / 2,
    y: y - line / 2,
    width: width + line,
    height: height + line,
    fill: 'none',
    stroke: faintInk,
    'stroke-width': line,
  });

/** Cannot be seen, but be pointed at; the style of pages then shows the picture. */
function hintMark({ text, picture, ...place }: SheetHint): string {
  const title = element('title', {}, escaped(text));
  const area = element('rect', { ...place, fill: 'none', 'pointer-events': 'all' }, title);
  return picture ? element('g', { class: 'hint' }, area, imageMark(picture, 'hidden')) : area;
}

const imageMark = ({ image, x, y, side }: SheetImage, visibility?: 'hidden'): string =>
  element('image', {
    visibility,
    x,
    y,
    width: image.width * side,
    height: image.height * side,
    preserveAspectRatio: 'none',
    'image-rendering': 'pixelated',
    href: `data:image/png;base64,${base64(encodePng(image))}`,
  });

const textMark = ({ text, x, y, bold, faint }: SheetText): string =>
  element(
    'text',
    {
      x,
      y: y + 1 + capital * fontSize,
      'font-weight': bold ? 600 : undefined,
      fill: faint ? faintInk : ink,
      'xml:space': 'preserve',
    },
    escaped(text),
  );
