import { axis, type Axis } from './axis.js';
import { horizontalAxis } from './axis-marks.js';
import type { Frame } from './frame.js';
import { heading, headingHeight } from './heading.js';
import { legend, legendHeight } from './legend.js';
import { ink, paletteColour } from './palette.js';
import { element, escaped } from './svg.js';
import { svgDocument } from './svg-document.js';
import { textWidth } from './text-width.js';

/** A number of things, and how many of them are of a kind. */
export interface PartBar {
  readonly label: string;
  readonly whole: number;
  /** At most as many. */
  readonly part: number;
}

/** Options of `partBars`. */
export interface PartBarsOptions {
  /** From top to bottom. */
  readonly bars: readonly PartBar[];
  /** What the part is, and the rest of the whole. */
  readonly names: readonly [part: string, rest: string];
  /** Under the axis. */
  readonly unit: string;
  readonly title?: string;
  /** In pixels. */
  readonly width?: number;
}

const fontSize = 13;
const rowHeight = 18;
const barHeight = 12;
/** Of the picture, for labels: longer ones lose their beginning. */
const labelShare = 0.45;

/** Horizontal bars of numbers of things as a self-contained SVG document, the part of each in full colour, the rest pale. */
export function partBars({ bars, names, unit, title, width = 720 }: PartBarsOptions): string {
  const labels = bars.map(({ label }) => fitted(label, labelShare * width));
  const left = 18 + Math.max(0, ...labels.map(label => textWidth(label, fontSize)));
  const series = names.map((label, i) => ({ label, x: [], y: [], colour: colours[i] }));
  const inner = Math.round(width - left - 18);
  const top = 14 + headingHeight(title, inner) + legendHeight(series, inner);
  const frame = { left, top, width: inner, height: Math.max(1, bars.length) * rowHeight };
  const scale = axis([], {
    whole: true,
    domain: [0, Math.max(1, ...bars.map(({ whole }) => whole))],
  });
  return svgDocument(
    { width, height: top + frame.height + 52, fontSize },
    heading(title, frame),
    legend(series, frame),
    horizontalAxis(scale, unit, frame),
    ...bars.map((bar, i) => barMarks(bar, labels[i], i, { scale, frame })),
  );
}

const colours = [paletteColour(0), paletteColour(5)];

function barMarks(
  { label, whole, part }: PartBar,
  shown: string,
  row: number,
  { scale, frame }: { readonly scale: Axis; readonly frame: Frame },
): string {
  const y = frame.top + row * rowHeight + (rowHeight - barHeight) / 2;
  const at = (count: number): number => frame.left + scale.place(count) * frame.width;
  const piece = (from: number, to: number, fill: string): string =>
    to > from
      ? element('rect', { x: at(from), y, width: at(to) - at(from), height: barHeight, fill })
      : '';
  return element(
    'g',
    { class: 'bar' },
    element('title', {}, escaped(`${label}: ${part} of ${whole}`)),
    element(
      'text',
      { x: frame.left - 8, y: y + barHeight - 1.5, 'text-anchor': 'end', fill: ink },
      escaped(shown),
    ),
    piece(0, part, colours[0]),
    piece(part, whole, colours[1]),
  );
}

/** The end of a label, as far as there is room for it. */
function fitted(label: string, room: number): string {
  if (textWidth(label, fontSize) <= room) return label;
  let end = label;
  while (end.length > 1 && textWidth(`…${end}`, fontSize) > room) end = end.slice(1);
  return `…${end}`;
}
