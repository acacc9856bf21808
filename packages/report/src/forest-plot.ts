import { axis, type Axis, type AxisOptions } from './axis.js';
import { horizontalAxis } from './axis-marks.js';
import type { Frame } from './frame.js';
import { heading, headingHeight } from './heading.js';
import { faintInk, ink, paletteColour } from './palette.js';
import { element, escaped } from './svg.js';
import { svgDocument } from './svg-document.js';
import { textWidth } from './text-width.js';

/** A value with its error, a row of its own. */
export interface ForestRow {
  readonly label: string;
  readonly value: number;
  /** Half the length of the bar; no bar where it is not a number. */
  readonly error: number;
  /** Rows that follow each other with the same group stand below its name. */
  readonly group?: string;
  /** Drawn in full colour; pale otherwise. Full unless false. */
  readonly strong?: boolean;
}

/** Options of `forestPlot`. */
export interface ForestPlotOptions {
  /** From top to bottom. */
  readonly rows: readonly ForestRow[];
  readonly x?: AxisOptions;
  /** A value that others are to be compared with, and what it is. */
  readonly reference?: { readonly at: number; readonly label: string };
  readonly title?: string;
  /** In pixels. */
  readonly width?: number;
}

const fontSize = 13;
const rowHeight = 18;
const margin = 18;

/** Values with error bars below each other, in groups, as a self-contained SVG document. */
export function forestPlot({ rows, x, reference, title, width = 720 }: ForestPlotOptions): string {
  const lines = linesOf(rows);
  const left = margin + Math.max(0, ...lines.map(({ text }) => textWidth(text, fontSize)));
  const inner = Math.max(1, Math.round(width - left - margin));
  const top = 14 + headingHeight(title, width - 2 * margin) + (reference ? 18 : 0);
  const frame = { left, top, width: inner, height: Math.max(1, lines.length) * rowHeight };
  const scale = axis(extentOf(rows, reference?.at), x);
  return svgDocument(
    { width, height: top + frame.height + 56, fontSize },
    heading(title, { ...frame, left: margin, width: width - 2 * margin }),
    horizontalAxis(scale, x?.title, frame),
    reference ? referenceMarks(reference, scale, frame) : '',
    ...lines.map((line, i) => lineMarks(line, i, scale, frame)),
  );
}

/** The name of a group, or a row of it. */
interface Line {
  readonly text: string;
  readonly row?: ForestRow;
}

const linesOf = (rows: readonly ForestRow[]): Line[] =>
  rows.flatMap((row, i): Line[] => {
    const isNew = row.group !== undefined && row.group !== rows[i - 1]?.group;
    return [...(isNew ? [{ text: row.group }] : []), { text: row.label, row }];
  });

function* extentOf(rows: readonly ForestRow[], reference: number | undefined): Iterable<number> {
  if (reference !== undefined) yield reference;
  for (const { value, error } of rows) {
    yield value;
    yield value - error;
    yield value + error;
  }
}

function referenceMarks(
  { at, label }: NonNullable<ForestPlotOptions['reference']>,
  scale: Axis,
  { left, top, width, height }: Frame,
): string {
  const x = left + scale.place(at) * width;
  return (
    element('path', {
      d: `M${x.toFixed(1)} ${top}v${height}`,
      stroke: faintInk,
      'stroke-dasharray': '5 4',
    }) +
    element(
      'text',
      { x, y: top - 5, 'text-anchor': 'middle', 'font-size': 11, fill: faintInk },
      escaped(label),
    )
  );
}

function lineMarks({ text, row }: Line, i: number, scale: Axis, frame: Frame): string {
  const middle = frame.top + (i + 0.5) * rowHeight;
  const label = element(
    'text',
    {
      x: row ? frame.left - 8 : margin - 8,
      y: middle + 4.5,
      'text-anchor': row ? 'end' : 'start',
      'font-weight': row ? undefined : 600,
      fill: ink,
    },
    escaped(text),
  );
  return row ? element('g', {}, hintOf(row), label, rowMarks(row, middle, scale, frame)) : label;
}

const hintOf = ({ label, value, error }: ForestRow): string =>
  element(
    'title',
    {},
    escaped(
      `${label}: ${value.toPrecision(4)}${Number.isFinite(error) ? ` ± ${error.toPrecision(2)}` : ''}`,
    ),
  );

function rowMarks(
  { value, error, strong = true }: ForestRow,
  y: number,
  scale: Axis,
  { left, width }: Frame,
): string {
  const at = (x: number): number => left + scale.place(x) * width;
  if (!Number.isFinite(at(value))) return '';
  const colour = paletteColour(strong ? 0 : 5);
  const [from, to] = [at(value - error), at(value + error)];
  const bar =
    Number.isFinite(from) && Number.isFinite(to)
      ? element('path', {
          d: `M${from.toFixed(1)} ${y}H${to.toFixed(1)}M${from.toFixed(1)} ${y - 3}v6M${to.toFixed(1)} ${y - 3}v6`,
          stroke: colour,
          'stroke-width': 1.5,
          fill: 'none',
        })
      : '';
  return bar + element('circle', { cx: at(value), cy: y, r: 3.5, fill: colour });
}
