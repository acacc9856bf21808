import type { Frame } from './frame.js';
import { ink, paletteColour } from './palette.js';
import type { Series } from './series.js';
import { element, escaped } from './svg.js';
import { textWidth } from './text-width.js';

const fontSize = 13;
const rowHeight = 20;
const swatch = 24;
const spacing = 18;

interface Entry {
  series: Series;
  colour: string;
  x: number;
  row: number;
}

/** How high the legend of these series is, in pixels; 0 if none of them has a label. */
export function legendHeight(series: readonly Series[], width: number): number {
  const last = entries(series, width).at(-1);
  return last ? (last.row + 1) * rowHeight : 0;
}

/** The labels of the series beside a piece of their lines, in rows that end above the frame. */
export function legend(series: readonly Series[], frame: Frame): string {
  const top = frame.top - legendHeight(series, frame.width);
  const items = entries(series, frame.width).map(
    ({ series: { label, dashed, line }, colour, x, row }) => {
      const y = top + row * rowHeight + 6;
      return (
        (line === false
          ? element('circle', { cx: frame.left + x + (swatch - 6) / 2, cy: y, r: 3, fill: colour })
          : element('path', {
              d: `M${frame.left + x} ${y}h${swatch - 6}`,
              stroke: colour,
              'stroke-width': 2.5,
              'stroke-dasharray': dashed ? '6 4' : undefined,
            })) +
        element('text', { x: frame.left + x + swatch, y: y + 4.5, fill: ink }, escaped(label ?? ''))
      );
    },
  );
  return items.length > 0 ? element('g', { class: 'legend' }, ...items) : '';
}

function entries(series: readonly Series[], width: number): Entry[] {
  let [x, row] = [0, 0];
  const placed: Entry[] = [];
  for (const [i, one] of series.entries()) {
    if (!one.label) continue;
    const wide = swatch + textWidth(one.label, fontSize);
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1];
    placed.push({ series: one, colour: one.colour ?? paletteColour(i), x, row });
    x += wide + spacing;
  }
  return placed;
}
