import type { Measurement } from '../lib/measurement.ts';

/** A result of both sides. */
export interface Ratio {
  readonly name: string;
  /** Medians of our seconds. */
  readonly a: number;
  readonly b: number;
  /** b over a. */
  readonly ratio: number;
  /** The least and the largest ratio of two measurements that followed one another. */
  readonly spread: readonly [number, number];
  /** Whether every time of one side is shorter than every one of the other. */
  readonly apart: boolean;
}

/** What two sides have in common, and what only one has. */
export interface Ratios {
  readonly ratios: readonly Ratio[];
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

/**
 * Compares our times of the same results.
 * @param a measurements of one side in the order they were made; @param b of the other, as many, each made after that of a
 */
export function ratiosOf(a: readonly Measurement[], b: readonly Measurement[]): Ratios {
  const [ofA, ofB] = [timesOf(a), timesOf(b)];
  const both = [...ofA.keys()].filter(name => ofB.has(name));
  return {
    ratios: both.map(name => ratioOf(name, ofA.get(name)!, ofB.get(name)!)),
    onlyA: [...ofA.keys()].filter(name => !ofB.has(name)),
    onlyB: [...ofB.keys()].filter(name => !ofA.has(name)),
  };
}

/** Our seconds by result. Results of one name are told apart by what they were compared with. */
function timesOf(measurements: readonly Measurement[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { benchmark, results } of measurements)
    for (const { name, ours_seconds, compared } of results) {
      const isAlone = results.filter(other => other.name === name).length === 1;
      const full = `${benchmark}: ${name}${isAlone ? '' : ` (${compared})`}`;
      times.set(full, [...(times.get(full) ?? []), ours_seconds]);
    }
  return times;
}

function ratioOf(name: string, a: readonly number[], b: readonly number[]): Ratio {
  const pairs = a.slice(0, b.length).map((seconds, i) => b[i] / seconds);
  return {
    name,
    a: median(a),
    b: median(b),
    ratio: median(b) / median(a),
    spread: [Math.min(...pairs), Math.max(...pairs)],
    apart: Math.max(...a) < Math.min(...b) || Math.max(...b) < Math.min(...a),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/**
 * How often all n times of one side would be shorter than all n of the other if there were no difference: 2 n!² / (2n)!, of
 * the C(2n, n) orders in which they may come two (Mann & Whitney 1947).
 */
export function chanceApart(n: number): number {
  let orders = 1;
  for (let i = 1; i <= n; i++) orders *= (n + i) / i;
  return 2 / orders;
}
