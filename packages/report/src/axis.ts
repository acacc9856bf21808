import { scaleLinear, scaleLog } from 'd3-scale';
import { linearTicks, logTicks, type Tick } from './ticks.js';

export interface AxisOptions {
  title?: string;
  /** Logarithmic axes have no place for values ≤ 0. */
  scale?: 'linear' | 'log';
  /** From where to where the axis runs; by default over all that is drawn. */
  domain?: readonly [number, number];
}

export interface Axis {
  ticks: readonly Tick[];
  /** 0 at the start of the axis, 1 at its end; NaN for a value with no place on it. */
  place: (value: number) => number;
}

/** Beyond these, ticks cannot be computed. */
const smallest = 1e-300;
const largest = 1e300;
/** A relative difference that rounding makes. */
const negligible = 1e-12;

/** An axis with room for all the values that can be drawn on it. @throws if its domain has no extent */
export function axis(values: Iterable<number>, options: AxisOptions = {}): Axis {
  const logarithmic = options.scale === 'log';
  const drawable = (value: number) =>
    Math.abs(value) <= largest && (!logarithmic || value >= smallest);
  const domain = options.domain ?? roomy(extent(values, drawable), logarithmic);
  if (!domain.every(drawable) || domain[0] === domain[1])
    throw new Error(
      `chart: a ${options.scale ?? 'linear'} axis cannot run from ${domain[0]} to ${domain[1]}`,
    );
  const [scale, ticks] = logarithmic ? logScale(domain) : linearScale(domain);
  return { ticks, place: value => (drawable(value) ? scale(value) : NaN) };
}

type Scale = (value: number) => number;

function linearScale(domain: readonly [number, number]): [Scale, Tick[]] {
  const scale = scaleLinear().domain(domain);
  return [scale, linearTicks(scale)];
}

function logScale(domain: readonly [number, number]): [Scale, Tick[]] {
  const scale = scaleLog().domain(domain);
  return [scale, logTicks(scale)];
}

function extent(
  values: Iterable<number>,
  drawable: (value: number) => boolean,
): [number, number] | undefined {
  let found: [number, number] | undefined;
  for (const value of values)
    if (drawable(value))
      found = found ? [Math.min(found[0], value), Math.max(found[1], value)] : [value, value];
  return found;
}

/** The extent with a little room at both ends; something to show where there is none. */
function roomy(found: [number, number] | undefined, logarithmic: boolean): [number, number] {
  if (!found) return logarithmic ? [0.1, 1] : [0, 1];
  const [low, high] = found;
  if (logarithmic) {
    const decades = Math.log10(high) - Math.log10(low);
    const room = decades < negligible ? 2 : 10 ** (0.04 * decades);
    return [Math.max(smallest, low / room), Math.min(largest, high * room)];
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  const room = high - low > negligible * size ? (high - low) * 0.04 : size / 2;
  if (size < smallest) return [-1, 1];
  return [Math.max(-largest, low - room), Math.min(largest, high + room)];
}
