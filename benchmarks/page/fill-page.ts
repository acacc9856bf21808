import type { Measurement } from '../lib/measurement.ts';
import { section } from './section.ts';

/**
 * The part of a page between `<!-- bench NAME -->` and `<!-- end -->`. Figures that no results of this repository hold are
 * marked: `<!-- bench NAME, copied by hand -->`.
 */
const part = /<!-- bench ([\w-]+)(, copied by hand)? -->\n.*?<!-- end -->/gs;

/** Measurements by the name of the benchmark. */
export type Measurements = ReadonlyMap<string, Measurement>;

/** The page with the parts of what was measured written anew; the others as they are. */
export const fillPage = (page: string, measurements: Measurements): string =>
  page.replaceAll(part, (whole, name: string) => {
    const measurement = measurements.get(name);
    return measurement
      ? `<!-- bench ${name} -->\n\n${section(measurement)}\n\n<!-- end -->`
      : whole;
  });

/** What figures of a page, beside those that differ from the measurements, come from nowhere or go nowhere. */
export function pageProblems(page: string, measurements: Measurements): string[] {
  const parts = Array.from(page.matchAll(part), ([, name, byHand]) => ({ name, byHand }));
  const missing = parts
    .filter(({ name, byHand }) => !byHand && !measurements.has(name))
    .map(({ name }) => `the page has a table of '${name}', but there are no results of it`);
  const unused = [...measurements.keys()]
    .filter(name => parts.every(other => other.name !== name))
    .map(name => `there are results of '${name}', but the page has no table of it`);
  return [...missing, ...unused];
}
