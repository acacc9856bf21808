import { scaleLinear, scaleLog, scaleSymlog } from 'd3-scale';
import { linearTicks, logTicks, symlogTicks, wholeTicks, type Tick } from './ticks.js';

export interface AxisOptions {
  title?: string;
  /** Logarithmic axes have no place for values ≤ 0; 'symlog', logarithmic in 1 + value, has one for 0 and more. */
  scale?: 'linear' | 'log' | 'symlog';
  /** Whether values are counts or numbers of things, so that only whole numbers are marked. */
  whole?: boolean;
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
  const { scale: kind = 'linear' } = options;
  const drawable = (value: number) => value >= lowest[kind] && value <= largest;
  const domain = options.domain ?? roomy(extent(values, drawable), kind);
  if (!domain.every(drawable) || domain[0] === domain[1])
    throw new Error(`chart: a ${kind} axis cannot run from ${domain[0]} to ${domain[1]}`);
  const [scale, all] = scales[kind](domain);
  const ticks = options.whole ? wholeTicks(all) : all;
  return { ticks, place: value => (drawable(value) ? scale(value) : NaN) };
}

type Kind = NonNullable<AxisOptions['scale']>;
type Domain = readonly [number, number];
type Scale = (value: number) => number;

/** Below these, values have no place on an axis. */
const lowest: Readonly<Record<Kind, number>> = { linear: -largest, log: smallest, symlog: -0.5 };

const scales: Readonly<Record<Kind, (domain: Domain) => [Scale, Tick[]]>> = {
  linear: linearScale,
  log: logScale,
  symlog: symlogScale,
};

function linearScale(domain: Domain): [Scale, Tick[]] {
  const scale = scaleLinear().domain(domain);
  return [scale, linearTicks(scale)];
}

function logScale(domain: Domain): [Scale, Tick[]] {
  const scale = scaleLog().domain(domain);
  return [scale, logTicks(scale)];
}

function symlogScale(domain: Domain): [Scale, Tick[]] {
  return [scaleSymlog().domain(domain), symlogTicks(domain)];
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
function roomy(found: Domain | undefined, kind: Kind): Domain {
  if (!found) return kind === 'log' ? [0.1, 1] : [0, 1];
  if (kind === 'log') return roomyPowers(found);
  if (kind === 'symlog') return [-0.1, Math.min(largest, Math.max(1, found[1]) * 1.1)];
  return roomyNumbers(found);
}

function roomyPowers([low, high]: Domain): Domain {
  const decades = Math.log10(high) - Math.log10(low);
  const room = decades < negligible ? 2 : 10 ** (0.04 * decades);
  return [Math.max(smallest, low / room), Math.min(largest, high * room)];
}

function roomyNumbers([low, high]: Domain): Domain {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const room = high - low > negligible * size ? (high - low) * 0.04 : size / 2;
  if (size < smallest) return [-1, 1];
  return [Math.max(-largest, low - room), Math.min(largest, high + room)];
}
