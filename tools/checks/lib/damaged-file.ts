import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { decodeNpy, decodeNpz, encodeNpy, encodeNpz, type NdArray } from '@nads/dataset';
import type { Random } from '@nads/linalg';
import { mutated } from './mutated.ts';

/** What stands for a value in the text of a file that holds another. */
const foreign = [
  ...'null -1 0.5 1000000000 9007199254740991 1e300 "" [] {} "../../outside"'.split(' '),
  ...'"1x99999999x99999999" "__proto__" {"__proto__":{"format":"nads"}}'.split(' '),
  `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
];

/** Puts something else in the place of a file of a result. @returns what that is */
export function damageFile(file: string, random: Random): string {
  const [what, damage] = pick(random, damages);
  damage(file, random);
  return what;
}

type Damage = (file: string, random: Random) => void;

type Contents = (bytes: Uint8Array, random: Random) => string | Uint8Array;

const instead =
  (put: Damage): Damage =>
  (file, random) => {
    rmSync(file);
    put(file, random);
  };

const another =
  (contents: Contents): Damage =>
  (file, random) =>
    writeFileSync(file, contents(readFileSync(file), random));

/** Contents that are well-formed, in formats that are known. */
const wellFormed: Damage = (file, random) =>
  another(wellFormedOnes[extname(file)] ?? otherText)(file, random);

const damages: readonly (readonly [what: string, damage: Damage])[] = [
  ...Array.from({ length: 8 }, () => ['other values', wellFormed] as const),
  ...Array.from({ length: 3 }, () => ['other bytes', another(mutated)] as const),
  ['no file', instead(() => {})],
  ['an empty file', another(() => '')],
  ['a pipe', instead(file => void spawnSync('mkfifo', [file]))],
  ['a folder', instead(file => mkdirSync(file))],
  ['a link to nothing', instead(file => symlinkSync('../outside', file))],
  ['a link to itself', instead(file => symlinkSync(basename(file), file))],
  ['a link to a device', instead(file => symlinkSync('/dev/zero', file))],
];

function otherText(bytes: Uint8Array, random: Random): string {
  const text = Buffer.from(bytes).toString();
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[^\s,:{}[\]"]+/g)];
  if (values.length === 0) return pick(random, foreign);
  const { 0: value, index } = pick(random, values);
  return text.slice(0, index) + pick(random, foreign) + text.slice(index + value.length);
}

function otherArrays(bytes: Uint8Array, random: Random): Uint8Array {
  const arrays = decodeNpz(bytes);
  const [name, other] = [1, 2].map(() => pick(random, [...arrays.keys()]));
  const array = arrays.get(name)!;
  const kind = random.int(6);
  if (kind === 0) arrays.delete(name);
  else arrays.set(name, kind === 1 ? arrays.get(other)! : otherArray(array, random));
  return encodeNpz(Object.fromEntries(arrays), { compress: random.int(2) === 0 });
}

/** Of other values, of another shape, or too large. */
const otherArray = (array: NdArray, random: Random): NdArray =>
  pick<() => NdArray>(random, [
    () => filled(array, pick(random, [NaN, Infinity, -1, 1e300, 2 ** 31])),
    () => ({ ...array, shape: [1, ...array.shape] }),
    () => ({ dtype: 'float64', shape: [0], data: new Float64Array(0) }),
    () => ({ dtype: 'uint8', shape: [2 ** 27], data: new Uint8Array(2 ** 27) }),
  ])();

const wellFormedOnes: Readonly<Record<string, Contents>> = {
  '.npz': otherArrays,
  '.npy': (bytes, random) => encodeNpy(otherArray(decodeNpy(bytes), random)),
};

const filled = ({ shape, data }: NdArray, value: number): NdArray => ({
  dtype: 'float64',
  shape,
  data: new Float64Array(data.length).fill(value),
});

const pick = <T>(random: Random, from: readonly T[]): T => from[random.int(from.length)];
