import type { Frame } from './frame.js';
import { ink } from './palette.js';
import { element, escaped } from './svg.js';
import { wrapped } from './wrapped.js';

const fontSize = 16;
const lineHeight = 20;
/** Bold letters are wider. */
const bold = 1.12;

const linesOf = (title: string, width: number): string[] => wrapped(title, width / bold, fontSize);

/** How high the title of a picture is, in pixels; 0 without one. */
export const headingHeight = (title: string | undefined, width: number): number =>
  title ? linesOf(title, width).length * lineHeight + 8 : 0;

/** The title of a picture in bold lines as wide as the frame, from the top of the picture. */
export function heading(title: string | undefined, { left, width }: Frame): string {
  if (!title) return '';
  const lines = linesOf(title, width).map((line, i) =>
    element('text', { x: left, y: 26 + i * lineHeight, ...style }, escaped(line)),
  );
  return element('title', {}, escaped(title)) + lines.join('');
}

const style = { 'font-size': fontSize, 'font-weight': 600, fill: ink };
