import type { Series } from '@nads/report';
import { grouped, meanOf } from './mean.ts';

/** A value of one of several repeated runs. */
export interface Point {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** A line for each label: means of the points at the same x, with standard errors. */
export const meanSeries = (points: readonly Point[]): Series[] =>
  grouped(points, ({ label }) => label).map(line => {
    const places = grouped(line, ({ x }) => String(x));
    const means = places.map(same => meanOf(same.map(({ y }) => y)));
    return {
      label: line[0].label,
      x: places.map(([{ x }]) => x),
      y: means.map(({ mean }) => mean),
      errors: means.map(({ error }) => error),
    };
  });
