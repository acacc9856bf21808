import { element } from './svg.js';

/** Charts of one size beside each other, from left to right, as one SVG document. */
export function besideCharts(charts: readonly string[], width = 720, height = 420): string {
  const placed = charts.map((chart, i) => chart.replace('<svg ', `<svg x="${i * width}" y="0" `));
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: charts.length * width,
    height,
    viewBox: `0 0 ${charts.length * width} ${height}`,
    role: 'img',
  };
  return element('svg', root, ...placed);
}
