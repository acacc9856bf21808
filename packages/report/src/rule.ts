import type { Axis } from './axis.js';
import type { Frame } from './frame.js';
import { faintInk, ink } from './palette.js';
import { element, escaped } from './svg.js';

/** A dashed line across the plot at one value of an axis. */
export interface Rule {
  axis: 'x' | 'y';
  at: number;
  /** The plot is shaded from `at` to here. */
  to?: number;
  label?: string;
}

/** The line and its shading within the plot, to lie behind series; nothing if the value lies outside of it. */
export function ruleMark({ axis, at, to }: Rule, scale: Axis, frame: Frame): string {
  const place = scale.place(at);
  if (!isWithin(place)) return '';
  const draw = axis === 'x' ? upright : level;
  return element('g', { class: 'rule' }, draw(place, end(to, scale), frame));
}

/** The label of a rule, to lie before series. */
export function ruleLabel({ axis, at, label }: Rule, scale: Axis, frame: Frame): string {
  const place = scale.place(at);
  if (!label || !isWithin(place)) return '';
  return axis === 'x' ? besideUpright(label, place, frame) : aboveLevel(label, place, frame);
}

const isWithin = (place: number): boolean => place >= 0 && place <= 1;

function end(to: number | undefined, scale: Axis): number | undefined {
  if (to === undefined || Number.isNaN(to)) return undefined;
  // what lies below a logarithmic axis is at its start
  return Math.min(1, Math.max(0, scale.place(to) || 0));
}

function upright(place: number, to: number | undefined, { width, height }: Frame): string {
  const x = place * width;
  const shaded = to !== undefined && {
    x: Math.min(x, to * width),
    y: 0,
    width: Math.abs(to * width - x),
    height,
  };
  return shade(shaded) + dashes(`M${x.toFixed(1)} 0V${height}`);
}

function level(place: number, to: number | undefined, { width, height }: Frame): string {
  const y = (1 - place) * height;
  const shaded = to !== undefined && {
    x: 0,
    y: Math.min(y, (1 - to) * height),
    width,
    height: Math.abs(to - place) * height,
  };
  return shade(shaded) + dashes(`M0 ${y.toFixed(1)}H${width}`);
}

function besideUpright(label: string, place: number, { width }: Frame): string {
  const x = place * width;
  return place > 0.6 ? caption(label, x - 6, 16, 'end') : caption(label, x + 6, 16, 'start');
}

function aboveLevel(label: string, place: number, { width, height }: Frame): string {
  const y = (1 - place) * height;
  return caption(label, width - 6, y > 20 ? y - 6 : y + 16, 'end');
}

const shade = (box: { x: number; y: number; width: number; height: number } | false) =>
  box ? element('rect', { ...box, fill: faintInk, 'fill-opacity': 0.12 }) : '';

const dashes = (d: string) =>
  element('path', {
    d,
    stroke: ink,
    'stroke-width': 1.25,
    'stroke-dasharray': '5 4',
    fill: 'none',
  });

/** Text over a copy of itself in broad white strokes, so that it can be read across lines. */
function caption(label: string, x: number, y: number, anchor: string): string {
  const at = { x, y, 'text-anchor': anchor };
  const halo = { ...at, stroke: 'white', 'stroke-width': 4, 'stroke-linejoin': 'round' };
  return (
    element('text', { ...halo, fill: 'white', 'aria-hidden': 'true' }, escaped(label)) +
    element('text', { ...at, fill: ink }, escaped(label))
  );
}
