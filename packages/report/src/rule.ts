import type { Axis } from './axis.js';
import type { Frame } from './frame.js';
import { faintInk } from './palette.js';
import { element, escaped } from './svg.js';

/** A dashed line across the plot at one value of an axis. */
export interface Rule {
  axis: 'x' | 'y';
  at: number;
  /** The plot is shaded from `at` to here. */
  to?: number;
  label?: string;
}

/** The line, its shading and its label within the plot; nothing if the value lies outside of it. */
export function ruleMark({ axis, at, to, label }: Rule, scale: Axis, frame: Frame): string {
  const place = scale.place(at);
  if (!(place >= 0 && place <= 1)) return '';
  const draw = axis === 'x' ? upright : level;
  return element('g', { class: 'rule' }, draw(place, end(to, scale), label, frame));
}

function end(to: number | undefined, scale: Axis): number | undefined {
  if (to === undefined || Number.isNaN(to)) return undefined;
  // what lies below a logarithmic axis is at its start
  return Math.min(1, Math.max(0, scale.place(to) || 0));
}

type Draw = (
  place: number,
  end: number | undefined,
  label: string | undefined,
  frame: Frame,
) => string;

const upright: Draw = (place, to, label, { width, height }) => {
  const x = place * width;
  const leftwards = place > 0.6;
  return (
    shade(
      to !== undefined && {
        x: Math.min(x, to * width),
        y: 0,
        width: Math.abs(to * width - x),
        height,
      },
    ) +
    dashes(`M${x.toFixed(1)} 0V${height}`) +
    caption(label, leftwards ? x - 6 : x + 6, 16, leftwards ? 'end' : 'start')
  );
};

const level: Draw = (place, to, label, { width, height }) => {
  const y = (1 - place) * height;
  return (
    shade(
      to !== undefined && {
        x: 0,
        y: Math.min(y, (1 - to) * height),
        width,
        height: Math.abs(to - place) * height,
      },
    ) +
    dashes(`M0 ${y.toFixed(1)}H${width}`) +
    caption(label, width - 6, y > 20 ? y - 6 : y + 16, 'end')
  );
};

const shade = (box: { x: number; y: number; width: number; height: number } | false) =>
  box ? element('rect', { ...box, fill: faintInk, 'fill-opacity': 0.12 }) : '';

const dashes = (d: string) =>
  element('path', { d, stroke: faintInk, 'stroke-dasharray': '5 4', fill: 'none' });

function caption(label: string | undefined, x: number, y: number, anchor: string): string {
  if (!label) return '';
  const halo = { stroke: 'white', 'stroke-width': 3, 'paint-order': 'stroke' };
  return element('text', { x, y, 'text-anchor': anchor, fill: faintInk, ...halo }, escaped(label));
}
