import { chart } from './chart.js';
import type { Rule } from './rule.js';
import type { Series } from './series.js';
import type { AxisOptions } from './axis.js';

/** What eigenvalues pure noise would have. */
export interface NoiseFloor {
  /** The largest such eigenvalue. */
  upper: number;
  /** The smallest. */
  lower?: number;
  /** How many of the eigenvalues lie above the floor. */
  index: number;
}

export interface SpectrumOptions {
  /** Largest first. */
  eigenvalues: ArrayLike<number>;
  /** One for each eigenvalue; not a number where it is unknown. */
  standardErrors: ArrayLike<number>;
  noiseFloor?: NoiseFloor;
  title?: string;
  /** Scale of the vertical axis. */
  scale?: 'linear' | 'log';
  /** What they are of, as in 'λ of E[∇f ∇fᵀ]'; 'eigenvalue' if not given. */
  quantity?: string;
  /** What is counted; 'index of the direction' if not given. */
  x?: string;
  /** Scale of the horizontal axis: 'symlog' shows the first ones apart. */
  indexScale?: 'linear' | 'symlog';
  /** In pixels. */
  width?: number;
  height?: number;
}

/** Eigenvalues smaller than this beside the largest are rounding errors and would stretch the axis. */
const smallestShown = 1e-10;

/**
 * Eigenvalues over their index from 0 as an SVG document, with bars of ± one standard error and a
 * dashed line where the noise begins.
 * @throws if there is not one standard error for each eigenvalue
 */
export function spectrum(options: SpectrumOptions): string {
  const { noiseFloor, title, width, height, quantity = 'eigenvalue' } = options;
  return chart({
    series: [seriesOf(options)],
    x: { title: options.x ?? 'index of the direction', scale: options.indexScale, whole: true },
    y: { title: quantity, ...verticalAxis(options) },
    rules: noiseFloor ? noiseRules(noiseFloor) : [],
    title,
    width,
    height,
  });
}

function seriesOf({ eigenvalues, standardErrors: errors }: SpectrumOptions): Series {
  const known = Array.from(errors).some(Number.isFinite);
  return {
    label: known ? 'eigenvalue ± one standard error' : undefined,
    x: Array.from(eigenvalues, (_, i) => i),
    y: eigenvalues,
    errors,
  };
}

function verticalAxis({ eigenvalues, scale = 'log' }: SpectrumOptions): AxisOptions {
  const { largest, smallest } = positiveExtent(eigenvalues, 0);
  if (scale === 'linear' || !(smallest < largest * smallestShown)) return { scale };
  const shown = positiveExtent(eigenvalues, largest * smallestShown);
  return { scale, domain: [shown.smallest / 1.5, largest * 1.5] };
}

function positiveExtent(
  values: ArrayLike<number>,
  from: number,
): { largest: number; smallest: number } {
  let [largest, smallest] = [0, Infinity];
  for (const value of Array.from(values).filter(v => v > 0 && v >= from && v < Infinity))
    [largest, smallest] = [Math.max(largest, value), Math.min(smallest, value)];
  return { largest, smallest };
}

const noiseRules = ({ upper, lower, index }: NoiseFloor): Rule[] => [
  { axis: 'y', at: upper, to: lower, label: 'noise floor' },
  { axis: 'x', at: index - 0.5, label: `${index} above the noise` },
];
