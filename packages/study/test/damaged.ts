import { decodeNpz, encodeNpz, type NdArray } from '@nads/dataset';
import type { Random } from '@nads/linalg';
import { textOf } from '../src/store.js';

/** Values that no file of ours holds where they are put. */
const foreign: readonly unknown[] = [
  null,
  -1,
  0.5,
  1e9,
  2 ** 53 - 1,
  1e300,
  '',
  '../../outside',
  '1x99999999x99999999',
  '__proto__',
  [],
  {},
  JSON.parse('{"__proto__": {"format": "nads"}}'),
  'deep',
];

/** JSON, in which 'deep' is a list in a list in a list …, deeper than functions may call each other. */
const json = (value: unknown): string =>
  JSON.stringify(value).replaceAll('"deep"', `${'['.repeat(50_000)}${']'.repeat(50_000)}`);

const pick = <T>(random: Random, from: readonly T[]): T => from[random.int(from.length)];

/** A value with one of those within it, at any depth, replaced. */
function otherJson(value: unknown, random: Random): unknown {
  const keys = value && typeof value === 'object' ? Object.keys(value) : [];
  if (keys.length === 0 || random.next() < 0.1) return pick(random, foreign);
  const key = pick(random, keys);
  const other = otherJson((value as Record<string, unknown>)[key], random);
  return Object.assign(
    Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) },
    {
      [key]: other,
    },
  );
}

/** An array of another type, rank or length, or of other values. */
function otherArray(array: NdArray, random: Random): NdArray {
  const count = array.data.length;
  return pick<() => NdArray>(random, [
    () => ({ dtype: 'float64', shape: [0], data: new Float64Array(0) }),
    () => ({ dtype: 'float64', shape: [2 ** 40, 0], data: new Float64Array(0) }),
    () => ({ dtype: 'float64', shape: [], data: Float64Array.of(1e300) }),
    () => ({ dtype: 'int64', shape: array.shape, data: new BigInt64Array(count).fill(-1n) }),
    () => ({ dtype: 'int32', shape: array.shape, data: new Int32Array(count).fill(2 ** 31 - 1) }),
    () => ({ dtype: 'float32', shape: array.shape, data: new Float32Array(count).fill(NaN) }),
    () => ({ dtype: 'float64', shape: array.shape, data: new Float64Array(count).fill(Infinity) }),
    () => ({ ...array, shape: [1, 1, ...array.shape] }),
    () => ({ ...array, shape: [count] }),
  ])();
}

function otherArchive(bytes: Uint8Array, random: Random): Uint8Array {
  const arrays = decodeNpz(bytes);
  const [name, another] = [1, 2].map(() => pick(random, [...arrays.keys()]));
  const kind = random.next();
  if (kind < 0.15) arrays.delete(name);
  else if (kind < 0.3) arrays.set(name, arrays.get(another)!);
  else arrays.set(name, otherArray(arrays.get(name)!, random));
  return encodeNpz(Object.fromEntries(arrays));
}

function otherTable(text: string, random: Random): string {
  const lines = text.split('\n');
  const at = random.int(lines.length - 1);
  const cells = lines[at].split(',');
  cells[random.int(cells.length)] = json(pick(random, foreign));
  return lines.with(at, cells.join(',')).join('\n');
}

function otherLine(text: string, random: Random): string {
  const lines = text.trimEnd().split('\n');
  const at = random.int(lines.length);
  return `${lines.with(at, json(otherJson(JSON.parse(lines[at]), random))).join('\n')}\n`;
}

function otherBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const cut = bytes.slice(0, random.int(bytes.length));
  if (random.next() < 0.5) return cut;
  const copy = bytes.slice();
  copy[random.int(copy.length)] ^= 1 << random.int(8);
  return copy;
}

type Change = (text: string, random: Random) => string;

/** Texts by the ending of their file. */
const texts: Readonly<Record<string, Change>> = {
  json: (text, random) => json(otherJson(JSON.parse(text), random)),
  jsonl: otherLine,
  csv: otherTable,
};

/** A file of a result as it should not be: bytes changed or cut off, or well-formed with other contents. */
export function damaged(name: string, bytes: Uint8Array, random: Random): Uint8Array {
  if (random.next() < 0.2) return otherBytes(bytes, random);
  const ending = name.slice(name.lastIndexOf('.') + 1);
  if (ending === 'npz') return otherArchive(bytes, random);
  if (!Object.hasOwn(texts, ending)) return otherBytes(bytes, random);
  return new TextEncoder().encode(texts[ending](textOf(bytes), random));
}
