import { InvalidArgumentError } from 'commander';
import { parseSize } from '@nads/dataset';

/** A positive integer. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a positive integer.');
  return value;
}

/** An integer of at least 0, where 0 is none. */
export function countOrNone(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected an integer of at least 0.');
}

/** An integer of at least 2. */
export function several(text: string): number {
  if (count(text) < 2) throw new InvalidArgumentError('Expected an integer of at least 2.');
  return count(text);
}

/** A non-negative integer. */
export function seed(text: string): number {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw new InvalidArgumentError(`Expected an integer from 0 to ${Number.MAX_SAFE_INTEGER}.`);
  return Number(text);
}

/** A number of threads. */
export function threads(text: string): number {
  const value = count(text);
  if (value > 256) throw new InvalidArgumentError('Expected a number from 1 to 256.');
  return value;
}

/** A port of this machine, or 0 for any. */
export function port(text: string): number {
  if (/^\d+$/.test(text) && Number(text) < 65536) return Number(text);
  throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}

/** A port, or HOST:PORT; of this machine only where no host is given. */
export function place(text: string): { readonly host: string; readonly port: number } {
  const [, host = '127.0.0.1', number] = /^(?:(.+):)?(\d+)$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('Expected PORT or HOST:PORT.');
  return { host, port: port(number) };
}

/** A number above 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}

/** A number from 0 on. */
export function nonNegative(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number of at least 0.');
}

/** A number from 0 on and below 1. */
export function belowOne(text: string): number {
  if (nonNegative(text) < 1) return Number(text);
  throw new InvalidArgumentError('Expected a number of at least 0 and below 1.');
}

/** A number above 0 and below 1. */
export function fraction(text: string): number {
  const value = positive(text);
  if (value >= 1) throw new InvalidArgumentError('Expected a number between 0 and 1, as in 0.95.');
  return value;
}

/** A share as a percentage or a fraction: '30%' or '0.3'. */
export function share(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (!(value > 0 && value < 1))
    throw new InvalidArgumentError('Expected more than 0% and less than 100%, as in 30%.');
  return value;
}

/** Height and width: '32' or '32x48'. */
export function size(text: string): readonly [number, number] {
  try {
    return parseSize(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** Positive integers, as in '1,10,100'. */
export const counts = (text: string): number[] => text.split(',').map(count);

/** Names, as in 'x,fc.weight'. */
export const names = (text: string): string[] =>
  text.split(',').map(name => {
    if (name.trim() === '') throw new InvalidArgumentError('Expected names, as in x,y.');
    return name.trim();
  });

/** Non-negative integers, as in '0,3'. */
export function indices(text: string): number[] {
  if (/^\d{1,15}(,\d{1,15})*$/.test(text)) return text.split(',').map(Number);
  throw new InvalidArgumentError('Expected numbers counted from 0, as in 0,3.');
}
