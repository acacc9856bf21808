import type { Attribute, Attributes } from './graph.js';
import type { Tensor } from './tensor.js';
import { toNumber } from './wire/integers.js';
import { decodeUtf8, encodeUtf8 } from './wire/utf8.js';

type Value<T extends Attribute['type']> = Extract<Attribute, { type: T }>['value'];

/** Attributes from plain values: numbers become ints when whole, say `float(x)` where that is wrong. */
export function attributes(values: Record<string, AttributeLike | undefined>): Attributes {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return new Map(present.map(([name, value]) => [name, attribute(value!)]));
}

export type AttributeLike = number | string | readonly number[] | Attribute;

/** A float attribute. */
export const float = (value: number): Attribute => ({ type: 'float', value });

function attribute(value: AttributeLike): Attribute {
  if (typeof value === 'number')
    return Number.isInteger(value) ? { type: 'int', value: BigInt(value) } : float(value);
  if (typeof value === 'string') return { type: 'string', value: encodeUtf8(value) };
  if (isNumbers(value)) return { type: 'ints', value: value.map(BigInt) };
  return value;
}

const isNumbers = (value: object): value is readonly number[] => Array.isArray(value);

/** A node, as far as the readers of attributes care. */
interface HasAttributes {
  readonly operator: string;
  readonly name: string;
  readonly attributes: Attributes;
}

/** Integer attribute, or the fallback where absent. @throws if the attribute is of another type. */
export function getInt<F extends number | undefined>(
  node: HasAttributes,
  name: string,
  fallback: F,
) {
  const value = get(node, name, 'int');
  return value === undefined ? fallback : toNumber(value);
}

/** Integer-list attribute, or the fallback where absent. @throws if it is of another type. */
export function getInts<F extends readonly number[] | undefined>(
  node: HasAttributes,
  name: string,
  fallback: F,
): F | number[] {
  return get(node, name, 'ints')?.map(toNumber) ?? fallback;
}

/** Float attribute, or the fallback where absent. @throws if it is of another type. */
export function getFloat(node: HasAttributes, name: string, fallback: number): number {
  return get(node, name, 'float') ?? fallback;
}

/** Float-list attribute, or the fallback where absent. @throws if it is of another type. */
export function getFloats<F extends readonly number[] | undefined>(
  node: HasAttributes,
  name: string,
  fallback: F,
): F | readonly number[] {
  return get(node, name, 'floats') ?? fallback;
}

/** String attribute read as UTF-8, or the fallback where absent. @throws if it is of another type. */
export function getString(node: HasAttributes, name: string, fallback: string): string {
  const bytes = get(node, name, 'string');
  return bytes === undefined ? fallback : decodeUtf8(bytes);
}

/** Tensor attribute, if there. @throws if it is of another type. */
export const getTensor = (node: HasAttributes, name: string): Tensor | undefined =>
  get(node, name, 'tensor');

function get<T extends Attribute['type']>(
  node: HasAttributes,
  name: string,
  type: T,
): Value<T> | undefined {
  const found = node.attributes.get(name);
  if (found === undefined || found.type === type) return found?.value as Value<T> | undefined;
  throw new Error(
    `onnx: attribute '${name}' of node '${node.name}' (${node.operator}) is ${found.type}, expected ${type}`,
  );
}
