import { longestSide } from './parse-size.js';
import type { Preprocessing } from './preprocessing.js';

/** What a field may hold, in words, and its value if it does. */
interface Field<T> {
  readonly expected: string;
  read(value: unknown): T | undefined;
}

type Fields = { readonly [K in keyof Preprocessing]-?: Field<Preprocessing[K]> };

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isSide = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= longestSide;
/** A list of two that are both allowed. */
const pairOf = <T>(
  value: unknown,
  isAllowed: (entry: unknown) => entry is T,
): readonly [T, T] | undefined =>
  Array.isArray(value) && value.length === 2 && value.every(isAllowed)
    ? [value[0], value[1]]
    : undefined;

const oneOf = <T extends string | number>(...choices: readonly T[]): Field<T> => ({
  expected: choices.map(choice => JSON.stringify(choice)).join(' or '),
  read: value => choices.find(choice => choice === value),
});

const numbers = (what: string, allowed: (value: number) => boolean): Field<readonly number[]> => ({
  expected: `${what}, or a list of them, one for each channel`,
  read: value => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.length > 0 && list.every(isNumber) && list.every(allowed) ? list : undefined;
  },
});

const fields: Fields = {
  channels: oneOf(1, 3),
  size: {
    expected: `an integer from 1 to ${longestSide}, or a list of height and width`,
    read: value => (isSide(value) ? [value, value] : pairOf(value, isSide)),
  },
  resize: oneOf('bilinear', 'nearest'),
  crop: {
    expected: 'a number from 0.01 to 1',
    read: value => (isNumber(value) && value >= 0.01 && value <= 1 ? value : undefined),
  },
  range: {
    expected: 'a list of two different numbers, what black and white become, or "stored"',
    read: value => {
      if (value === 'stored') return value;
      const pair = pairOf(value, isNumber);
      return pair && pair[0] !== pair[1] ? pair : undefined;
    },
  },
  mean: numbers('a number', () => true),
  std: numbers('a number above 0', value => value > 0),
  order: oneOf('RGB', 'BGR'),
  layout: oneOf('NCHW', 'NHWC'),
};

/** The names of the fields in a description of preprocessing. */
export const preprocessingFields = Object.keys(fields) as readonly (keyof Preprocessing)[];

/**
 * The fields that a JSON text gives of a preprocessing, such as
 * `{"range": [0, 1], "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "size": 224, "crop": 0.875}`.
 * @throws if it is not a JSON object, or a field is unknown or wrong; messages start with `file` and name
 *   the field
 */
export function parsePreprocessing(text: string, file = 'preprocessing'): Partial<Preprocessing> {
  const given = Object.entries(objectIn(text, file)).map(
    ([name, value]) => [name, readField(name, value, file)] as const,
  );
  return Object.fromEntries(given);
}

function objectIn(text: string, file: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file}: not JSON (${(cause as Error).message})`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Error(`${file}: expected a JSON object of ${preprocessingFields.join(', ')}`);
}

function readField(name: string, value: unknown, file: string): unknown {
  if (!Object.hasOwn(fields, name))
    throw new Error(
      `${file}: unknown field ${JSON.stringify(name)}; the fields are ${preprocessingFields.join(', ')}`,
    );
  const field = fields[name as keyof Fields];
  const read = field.read(value);
  if (read === undefined)
    throw new Error(
      `${file}: ${name}: expected ${field.expected}, got ${JSON.stringify(value).slice(0, 100)}`,
    );
  return read;
}
