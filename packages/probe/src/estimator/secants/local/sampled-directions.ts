import type { ProbeBoxes } from '../../plan/local/probe-boxes.js';

/** Directions in corners, at edges and in the middle: those nearest to places on a grid of three by three. */
export function sampledDirections({ tops, lefts }: ProbeBoxes): Int32Array {
  const places = (all: Int32Array): number[] => {
    const [first, last] = [Math.min(...all), Math.max(...all)];
    return [first, (first + last) / 2, last];
  };
  const grid = places(tops).flatMap(top => places(lefts).map(left => ({ top, left })));
  const nearest = grid.map(({ top, left }) => {
    const distances = [...tops].map((row, j) => Math.hypot(row - top, lefts[j] - left));
    return distances.indexOf(Math.min(...distances));
  });
  return Int32Array.from(new Set(nearest));
}
