import { heading, headingHeight } from './heading.js';
import { legend, legendHeight } from './legend.js';
import { faintInk, gridColour, ink, paletteColour } from './palette.js';
import { element, escaped } from './svg.js';
import { svgDocument } from './svg-document.js';
import { textWidth } from './text-width.js';

/** A point of a map. */
export interface MapPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** What it belongs to, as a number of `kinds`. */
  readonly kind: number;
}

/** Options of `pointMap`. */
export interface PointMapOptions {
  readonly points: readonly MapPoint[];
  /** What points belong to. */
  readonly kinds: readonly string[];
  readonly title?: string;
  /** In a line below. */
  readonly note?: string;
  /** In pixels. */
  readonly width?: number;
}

const fontSize = 11;
const margin = 18;
const radius = 4;

/**
 * Points of a plane, of which only distances mean something, with their labels where there is room, as a self-contained SVG document;
 * pointing at one tells its label. A unit has the same length on both axes.
 */
export function pointMap({ points, kinds, title, note, width = 720 }: PointMapOptions): string {
  const inner = width - 2 * margin;
  const series = kinds.map((label, i) => ({
    label,
    x: [],
    y: [],
    line: false,
    colour: paletteColour(i),
  }));
  const top = 14 + headingHeight(title, inner) + legendHeight(series, inner);
  const scale = scaleOf(points, inner - 120);
  const height = Math.max(120, Math.round(scale.height + 60));
  const frame = { left: margin, top, width: inner, height };
  const places = points.map(point => ({
    ...point,
    x: margin + 60 + scale.x(point.x),
    y: top + 30 + scale.y(point.y),
  }));
  return svgDocument(
    { width, height: top + height + (note ? 34 : 14), fontSize },
    heading(title, frame),
    legend(series, frame),
    element('rect', { x: margin, y: top, width: inner, height, fill: 'none', stroke: gridColour }),
    ...places.map(dot),
    ...labelMarks(places, { left: margin, right: margin + inner }),
    note ? element('text', { x: margin, y: top + height + 20, fill: faintInk }, escaped(note)) : '',
  );
}

/** From coordinates to pixels, the first axis over the whole width, and how high all are then. */
function scaleOf(points: readonly MapPoint[], width: number) {
  const [left, right] = extent(points.map(({ x }) => x));
  const [low, high] = extent(points.map(({ y }) => y));
  const unit = width / (right - left || 1);
  const most = width; // of the height
  const factor = Math.min(unit, most / (high - low || 1));
  return {
    height: (high - low) * factor,
    x: (x: number) => (x - left) * factor + (width - (right - left) * factor) / 2,
    y: (y: number) => (high - y) * factor,
  };
}

const extent = (values: readonly number[]): [number, number] =>
  values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];

const dot = ({ x, y, kind, label }: MapPoint): string =>
  element(
    'circle',
    { cx: x, cy: y, r: radius, fill: paletteColour(kind), 'fill-opacity': 0.85 },
    element('title', {}, escaped(label)),
  );

/** A rectangle that is taken. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Labels right, left, above or below of their points, none over another or over a point. */
function labelMarks(
  points: readonly MapPoint[],
  room: { readonly left: number; readonly right: number },
): string[] {
  const taken: Box[] = points.map(({ x, y }) => around(x, y, radius));
  return points.map(({ x, y, label }) => {
    const wide = textWidth(label, fontSize);
    const half = fontSize / 2;
    const candidates: Box[] = [
      [x + radius + 2, y - half],
      [x - radius - 2 - wide, y - half],
      [x - wide / 2, y - radius - fontSize],
      [x - wide / 2, y + radius],
    ].map(([left, top]) => ({ left, top, right: left + wide, bottom: top + fontSize }));
    const found = candidates.find(
      box =>
        box.left >= room.left &&
        box.right <= room.right &&
        !taken.some(other => overlaps(box, other)),
    );
    if (!found) return '';
    taken.push(found);
    return element('text', { x: found.left, y: found.bottom - 2, fill: ink }, escaped(label));
  });
}

const around = (x: number, y: number, size: number): Box => ({
  left: x - size,
  top: y - size,
  right: x + size,
  bottom: y + size,
});

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
