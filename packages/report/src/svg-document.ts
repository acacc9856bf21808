import { element } from './svg.js';

/** Size of an SVG document in CSS pixels, and of its text. */
interface DocumentOptions {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
}

/** An SVG document on white. */
export function svgDocument(
  { width, height, fontSize }: DocumentOptions,
  ...parts: string[]
): string {
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': 'sans-serif',
    'font-size': fontSize,
    role: 'img',
  };
  return element('svg', root, element('rect', { width, height, fill: 'white' }), ...parts);
}
