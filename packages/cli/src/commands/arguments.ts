import { InvalidArgumentError } from 'commander';

/** A whole number from 1 on. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('expected a whole number from 1 on.');
  return value;
}

/** A whole number from 0 on. */
export const seed = (text: string): number => (text === '0' ? 0 : count(text));

/** A number above 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('expected a number above 0.');
  return value;
}

/** A number above 0 and below 1. */
export function fraction(text: string): number {
  const value = positive(text);
  if (value >= 1) throw new InvalidArgumentError('expected a number between 0 and 1, as in 0.95.');
  return value;
}

/** Height and width: '32' or '32x48'. */
export function size(text: string): readonly [number, number] {
  const sides = text.split('x').map(count);
  if (sides.length > 2) throw new InvalidArgumentError('expected a size, as in 224 or 224x320.');
  return [sides[0], sides[1] ?? sides[0]];
}

/** Whole numbers, as in '1,10,100'. */
export const counts = (text: string): number[] => text.split(',').map(count);
