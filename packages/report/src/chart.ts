import { axis, type Axis, type AxisOptions } from './axis.js';
import { horizontalAxis, verticalAxis } from './axis-marks.js';
import type { Frame } from './frame.js';
import { heading, headingHeight } from './heading.js';
import { legend, legendHeight } from './legend.js';
import { faintInk, paletteColour } from './palette.js';
import { ruleLabel, ruleMark, type Rule } from './rule.js';
import { seriesMarks, type Place, type Series } from './series.js';
import { element } from './svg.js';
import { svgDocument } from './svg-document.js';
import { textWidth } from './text-width.js';

export interface ChartOptions {
  series: readonly Series[];
  x?: AxisOptions;
  y?: AxisOptions;
  /** Lines across the plot at given values, such as a threshold. */
  rules?: readonly Rule[];
  title?: string;
  /** In pixels. */
  width?: number;
  height?: number;
}

interface Axes {
  x: Axis;
  y: Axis;
}

const fontSize = 13;

/**
 * A line chart as a self-contained SVG document: series with error bars or bands over linear or
 * logarithmic axes, with a legend of the labelled ones. Points that are not numbers leave gaps; a
 * line at the foot says how many others have no place on the axes.
 * @throws if a series has not as many y (errors, low, high) as x, or an axis runs from nowhere to nowhere
 */
export function chart(options: ChartOptions): string {
  const { series, rules = [], x, y, title, width = 720, height = 420 } = options;
  series.forEach(checkLengths);
  const axes = { x: axis(abscissae(options), x), y: axis(ordinates(options), y) };
  const note = hiddenNote(series, axes);
  const frame = layout(options, axes, note);
  return svgDocument(
    { width, height, fontSize },
    heading(title, frame),
    legend(series, frame),
    horizontalAxis(axes.x, x?.title, frame),
    verticalAxis(axes.y, y?.title, frame),
    plot(series, rules, axes, frame),
    footnote(note, { x: frame.left, y: height - 8 }),
  );
}

/** A nested picture, so that nothing reaches beyond the frame. */
function plot(series: readonly Series[], rules: readonly Rule[], axes: Axes, frame: Frame): string {
  const { left, top, width, height } = frame;
  const place: Place = {
    x: value => axes.x.place(value) * width,
    y: value => (1 - axes.y.place(value)) * height,
    height,
  };
  return element(
    'svg',
    { x: left, y: top, width, height, overflow: 'hidden' },
    ...rules.map(rule => ruleMark(rule, axes[rule.axis], frame)),
    ...series.map((one, i) => seriesMarks(one, one.colour ?? paletteColour(i), place)),
    ...rules.map(rule => ruleLabel(rule, axes[rule.axis], frame)),
  );
}

function layout(
  { series, x, y, title, width = 720, height = 420 }: ChartOptions,
  axes: Axes,
  note: string,
): Frame {
  const labels = axes.y.ticks.map(({ label = '' }) => textWidth(label, fontSize));
  const left = (y?.title ? 32 : 8) + Math.max(0, ...labels) + 10;
  const right = 18;
  const inner = Math.max(1, Math.round(width - left - right));
  const top = 14 + headingHeight(title, inner);
  const legendRows = legendHeight(series, inner);
  const bottom = 30 + (x?.title ? 22 : 0) + (note ? 16 : 0);
  return {
    left: Math.round(left),
    top: top + legendRows,
    width: inner,
    height: Math.max(1, height - top - legendRows - bottom),
  };
}

const footnote = (note: string, at: { x: number; y: number }) =>
  note ? element('text', { ...at, fill: faintInk, 'font-size': 11 }, note) : '';

function* abscissae({ series, rules = [] }: ChartOptions): Iterable<number> {
  for (const { x } of series) yield* Array.from(x);
  for (const rule of rules) if (rule.axis === 'x') yield rule.at;
}

/** What the vertical axis has room for. The lower ends of error bars count on a linear axis only. */
function* ordinates({ series, rules = [], y: options }: ChartOptions): Iterable<number> {
  for (const { y, errors, band } of series) {
    yield* Array.from(y);
    if (band) yield* [...Array.from(band.low), ...Array.from(band.high)];
    if (errors) yield* Array.from(y, (value, i) => value + errors[i]);
    // on a logarithmic one an error nearly as large as its value would stretch the axis by decades
    if (errors && options?.scale !== 'log') yield* Array.from(y, (value, i) => value - errors[i]);
  }
  for (const rule of rules) if (rule.axis === 'y') yield rule.at;
}

function checkLengths({
  label = 'unnamed',
  x,
  y,
  errors = x,
  band = { low: x, high: x },
}: Series): void {
  const lengths = [y, errors, band.low, band.high].map(values => values.length);
  if (lengths.some(length => length !== x.length))
    throw new Error(
      `chart: series '${label}' has ${x.length} x, but y, errors, low, high of lengths ${lengths.join(', ')}`,
    );
}

function hiddenNote(series: readonly Series[], axes: Axes): string {
  const hidden = series.flatMap(({ x, y }) =>
    Array.from(x, (value, i) => [value, y[i]]).filter(
      point =>
        point.every(Number.isFinite) &&
        !(within(axes.x.place(point[0])) && within(axes.y.place(point[1]))),
    ),
  ).length;
  return hidden ? `${hidden} ${hidden === 1 ? 'point is' : 'points are'} outside the axes` : '';
}

const within = (place: number) => place >= 0 && place <= 1;
