export { svgToPdf } from './svg-to-pdf.js';
export { svgToPng } from './svg-to-png.js';
export { resizedSvg } from './resized-svg.js';
export type { DrawnSize } from './svg-size.js';
