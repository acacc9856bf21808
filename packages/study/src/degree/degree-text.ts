import type { OutputDegree } from '@nads/probe';
import type { Degree } from './degree.js';

/** A degree in words, a few lines. */
export function degreeText(found: Degree): string[] {
  const { degree, outputs, maxDegree, lines, precision, obstacle } = found;
  const residual = Math.max(...outputs.map(one => one.residual));
  const rounding = Math.max(...outputs.map(one => one.rounding));
  return [
    degree === undefined
      ? `not a polynomial of degree up to ${maxDegree}: terms of higher order are up to ${share(residual)} of the values, rounding explains ${share(rounding)}`
      : `a polynomial of degree ${degree}: terms of higher order are at most ${share(residual)} of the values (rounding explains ${share(rounding)}), those of order ${degree} up to ${share(leadingOf(outputs, degree))}`,
    ...byDegree(outputs),
    `${lines} random lines, ${precision === 'float64' ? 'double precision' : `single precision, since in double: ${obstacle?.split('; ')[0]}`}`,
  ];
}

const share = (x: number): string => (x === 0 ? '0' : x.toExponential(1));

const leadingOf = (outputs: readonly OutputDegree[], degree: number): number =>
  Math.max(...outputs.filter(one => one.degree === degree).map(({ leading }) => leading));

/** Outputs counted by their degree, where they differ. */
function byDegree(outputs: readonly OutputDegree[]): string[] {
  const counts = new Map<number | undefined, number>();
  for (const { degree } of outputs) counts.set(degree, (counts.get(degree) ?? 0) + 1);
  if (counts.size < 2) return [];
  return [...counts].map(
    ([degree, count]) =>
      `  ${count} of ${outputs.length} outputs: ${degree === undefined ? 'no polynomial' : `degree ${degree}`}`,
  );
}
