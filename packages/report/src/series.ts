import { area, line } from 'd3-shape';
import { coordinate, element, escaped } from './svg.js';

/** What one line of a chart shows: y over x, point by point. */
export interface Series {
  /** Named in the legend where given. */
  label?: string;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Half the length of each point's error bar; no bar where it is not a number. */
  errors?: ArrayLike<number>;
  /** A shaded band from low to high, such as quartiles. */
  band?: { low: ArrayLike<number>; high: ArrayLike<number> };
  dashed?: boolean;
  /** A line from point to point; drawn unless false. */
  line?: boolean;
  /** A dot on every point; by default where there are at most 100. */
  points?: boolean;
  /** Any CSS colour; by default the next of a palette for colour-blind readers. */
  colour?: string;
}

/** From values to pixels right of and below the plot's top left corner; NaN where there is no place. */
export interface Place {
  x: (value: number) => number;
  y: (value: number) => number;
  /** Of the plot, in pixels: where its lower edge is. */
  height: number;
}

/** With more points than this, dots and the caps of error bars run into each other. */
const manyPoints = 100;

/** The marks of one series: band, error bars, line and dots, in this order from the back. */
export function seriesMarks(series: Series, colour: string, place: Place): string {
  const { x, y, band, errors, points = x.length <= manyPoints } = series;
  const pixels = Array.from(x, (value, i): Pixel => [place.x(value), place.y(y[i])]);
  return element(
    'g',
    { class: 'series' },
    band ? bandMark(x, band, colour, place) : '',
    errors ? errorBars(series, errors, colour, place) : '',
    series.line === false ? '' : curve(pixels, colour, series.dashed),
    points ? dots(series, pixels, colour) : '',
  );
}

type Pixel = readonly [x: number, y: number];

const hasPlace = (pixel: readonly number[]) => pixel.every(Number.isFinite);

function curve(pixels: readonly Pixel[], colour: string, dashed = false): string {
  const path = line<Pixel>(
    ([x]) => x,
    ([, y]) => y,
  )
    .defined(hasPlace)
    .digits(1);
  return element('path', {
    d: path(pixels) ?? '',
    fill: 'none',
    stroke: colour,
    'stroke-width': 1.75,
    'stroke-linejoin': 'round',
    'stroke-dasharray': dashed ? '6 4' : undefined,
  });
}

/** A dot for each point, which says its numbers to those who point at it. */
const dots = (series: Series, pixels: readonly Pixel[], colour: string): string =>
  pixels
    .map((pixel, i) => {
      if (!hasPlace(pixel)) return '';
      const [cx, cy] = pixel;
      const title = element('title', {}, escaped(pointText(series, i)));
      return element('circle', { cx, cy, r: 2.75, fill: colour }, title);
    })
    .join('');

/** As in 'LeNet, 3: 0.125 ± 0.01'. */
function pointText({ label, x, y, errors }: Series, i: number): string {
  const error = errors && Number.isFinite(errors[i]) ? ` ± ${shortest(errors[i])}` : '';
  return `${label ? `${label}, ` : ''}${shortest(x[i])}: ${shortest(y[i])}${error}`;
}

/** At most four digits; whole numbers as they are. */
const shortest = (value: number): string =>
  Number.isSafeInteger(value) ? String(value) : fourDigits(value);

const fourDigits = (value: number): string =>
  value
    .toPrecision(4)
    .replace(/(\.\d*?)0+(?=$|e)/u, '$1')
    .replace(/\.(?=$|e)/u, '');

function bandMark(
  x: ArrayLike<number>,
  { low, high }: NonNullable<Series['band']>,
  colour: string,
  place: Place,
): string {
  const edges = Array.from(x, (value, i) => [
    place.x(value),
    place.y(high[i]),
    lowerEnd(low[i], place),
  ]);
  const path = area<number[]>(
    ([at]) => at,
    ([, top]) => top,
    ([, , bottom]) => bottom,
  )
    .defined(hasPlace)
    .digits(1);
  return element('path', { d: path(edges) ?? '', fill: colour, 'fill-opacity': 0.2 });
}

/** All bars as one path; with caps where there is room for them. */
function errorBars(
  { x, y }: Series,
  errors: ArrayLike<number>,
  colour: string,
  place: Place,
): string {
  const cap = x.length <= manyPoints ? 3 : 0;
  const bars = Array.from(x, (value, i) => [
    place.x(value),
    place.y(y[i] + errors[i]),
    lowerEnd(y[i] - errors[i], place),
    place.y(y[i]),
  ]).filter(hasPlace);
  return element('path', {
    d: bars.map(([at, top, bottom]) => bar(at, top, bottom, cap)).join(''),
    fill: 'none',
    stroke: colour,
    'stroke-opacity': cap ? 1 : 0.35,
  });
}

/** Below everything that has a place, such as 0 on a logarithmic axis, is the lower edge of the plot. */
function lowerEnd(value: number, place: Place): number {
  const y = place.y(value);
  return Number.isFinite(value) && Number.isNaN(y) ? place.height : y;
}

function bar(x: number, top: number, bottom: number, cap: number): string {
  const [at, from, to] = [x, top, bottom].map(coordinate);
  const across = cap ? (y: string) => `M${coordinate(x - cap)} ${y}h${2 * cap}` : () => '';
  return `M${at} ${from}V${to}${across(from)}${across(to)}`;
}
