import { extent, type Window } from '../shapes/window.js';

/**
 * Places of a value along an axis that `size` places from `at` on depend on: those from scale · at + shift on,
 * scale · (size − 1) + extent of them.
 */
export interface Span {
  readonly scale: number;
  readonly shift: number;
  readonly extent: number;
}

/** The places themselves. */
export const samePlaces: Span = { scale: 1, shift: 0, extent: 1 };

/** What places of a value depend on in front of a window, along an axis. */
export function inFront(window: Window, axis: number, { scale, shift, extent: size }: Span): Span {
  const { strides, kernel, dilations, begin } = window;
  return {
    scale: scale * strides[axis],
    shift: shift * strides[axis] - begin[axis],
    extent: (size - 1) * strides[axis] + extent(kernel[axis], dilations[axis]),
  };
}

/** The number of places that `size` places depend on. */
export const lengthOf = ({ scale, extent: least }: Span, size: number): number =>
  scale * (size - 1) + least;

/** Places from `first` up to `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** What of a value of so many places may change behind a window where what is in front of it changes in a range; never empty. */
export function behind(window: Window, axis: number, { first, end }: Range, places: number): Range {
  const { strides, kernel, dilations, begin } = window;
  const before = extent(kernel[axis], dilations[axis]) - 1 - begin[axis];
  const from = Math.max(0, Math.ceil((first - before) / strides[axis]));
  const to = Math.min(places, Math.floor((end - 1 + begin[axis]) / strides[axis]) + 1);
  const least = Math.min(from, places - 1);
  return { first: least, end: Math.max(to, least + 1) };
}

/** The least range that holds several. */
export const hull = (ranges: readonly Range[]): Range => ({
  first: ranges.reduce((least, { first }) => Math.min(least, first), Infinity),
  end: ranges.reduce((most, { end }) => Math.max(most, end), -Infinity),
});
