import type { Axis } from './axis.js';
import type { Frame } from './frame.js';
import { faintInk, gridColour, ink } from './palette.js';
import { element, escaped } from './svg.js';

/** Grid lines, ticks, labels and title of the horizontal axis below the frame. */
export function horizontalAxis(
  { ticks, place }: Axis,
  title: string | undefined,
  frame: Frame,
): string {
  const { left, top, width, height } = frame;
  const bottom = top + height;
  const marks = ticks.map(({ value, label }) => {
    const x = left + place(value) * width;
    if (label === undefined) return line(x, bottom, 'v', 3, faintInk);
    return (
      line(x, top, 'v', height, gridColour) +
      line(x, bottom, 'v', 5, faintInk) +
      element('text', { x, y: bottom + 20, 'text-anchor': 'middle', fill: ink }, escaped(label))
    );
  });
  const name = titleText(title, { x: left + width / 2, y: bottom + 42 });
  return element(
    'g',
    { class: 'x axis' },
    ...marks,
    line(left, bottom, 'h', width, faintInk),
    name,
  );
}

/** Grid lines, ticks, labels and title of the vertical axis left of the frame. */
export function verticalAxis(
  { ticks, place }: Axis,
  title: string | undefined,
  frame: Frame,
): string {
  const { left, top, width, height } = frame;
  const marks = ticks.map(({ value, label }) => {
    const y = top + (1 - place(value)) * height;
    if (label === undefined) return line(left - 3, y, 'h', 3, faintInk);
    return (
      line(left, y, 'h', width, gridColour) +
      line(left - 5, y, 'h', 5, faintInk) +
      element('text', { x: left - 8, y: y + 4.5, 'text-anchor': 'end', fill: ink }, escaped(label))
    );
  });
  const [x, y] = [18, top + height / 2];
  const name = titleText(title, { x, y, transform: `rotate(-90 ${x} ${y})` });
  return element('g', { class: 'y axis' }, ...marks, line(left, top, 'v', height, faintInk), name);
}

const line = (x: number, y: number, direction: 'h' | 'v', length: number, stroke: string) =>
  element('path', { d: `M${x.toFixed(1)} ${y.toFixed(1)}${direction}${length}`, stroke });

const titleText = (title: string | undefined, at: { x: number; y: number; transform?: string }) =>
  title ? element('text', { ...at, 'text-anchor': 'middle', fill: ink }, escaped(title)) : '';
