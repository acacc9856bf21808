import { scaleLog, type ScaleLinear, type ScaleLogarithmic } from 'd3-scale';

/** A mark on an axis; minor ones have no label. */
export interface Tick {
  value: number;
  label?: string;
}

/** Marks at round numbers of a linear scale. */
export function linearTicks(scale: ScaleLinear<number, number>): Tick[] {
  const values = scale.ticks(6);
  const fixed = scale.tickFormat(6, 'f');
  const label = plain(values) ? fixed : powerOfTen;
  return values.map(value => ({ value, label: label(value) }));
}

/** Marks at 1 to 9 times the powers of ten, with as few labels as will do; round numbers on short scales. */
export function logTicks(scale: ScaleLogarithmic<number, number>): Tick[] {
  const values = scale.ticks();
  const labelled = [[1], [1, 2, 5]]
    .map(leading => startingWith(leading, values))
    .find(few => few.length > 2);
  if (!labelled) return withLabels(scale.ticks(5), () => true);
  return withLabels(values, value => labelled.includes(value));
}

/** Marks of a scale that is logarithmic in 1 + value: 0, and those of a logarithmic scale from 1. */
export function symlogTicks([low, high]: readonly [number, number]): Tick[] {
  const above = high > 1 ? logTicks(scaleLog().domain([1, high])) : [];
  return [{ value: 0, label: '0' }, ...above].filter(({ value }) => value >= low);
}

/** Only the marks at whole numbers, written without decimals. */
export const wholeTicks = (ticks: readonly Tick[]): Tick[] =>
  ticks
    .filter(({ value }) => Number.isInteger(value))
    .map(({ value, label }) => ({ value, label: label && label.replace(/\.0+$/u, '') }));

function withLabels(values: readonly number[], labelled: (value: number) => boolean): Tick[] {
  const label = plain(values.filter(labelled)) ? shortest : powerOfTen;
  return values.map(value => (labelled(value) ? { value, label: label(value) } : { value }));
}

const startingWith = (leading: readonly number[], values: readonly number[]) =>
  values.filter(value => leading.includes(digits(value).mantissa));

/** Whether numbers are easier to read written out than with powers of ten. */
const plain = (values: readonly number[]) =>
  values.every(value => value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5));

/** Without the noise of binary fractions: 0.3, not 0.30000000000000004. */
const shortest = (value: number) => String(Number(value.toPrecision(12)));

/** 10⁻⁵, −2×10⁻⁵, 0. */
function powerOfTen(value: number): string {
  if (value === 0) return '0';
  const { mantissa, exponent } = digits(Math.abs(value));
  const factor = mantissa === 1 ? '' : `${shortest(mantissa)}×`;
  return `${value < 0 ? '−' : ''}${factor}10${superscript(exponent)}`;
}

function digits(value: number): { mantissa: number; exponent: number } {
  const [mantissa, exponent] = value.toExponential(11).split('e');
  return { mantissa: Number(mantissa), exponent: Number(exponent) };
}

const superscript = (exponent: number) =>
  Array.from(String(exponent), character =>
    character === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(character)),
  ).join('');
