import { existsSync, readFileSync } from 'node:fs';
import { decodeNpz, encodeNpz, type NdArray } from '@nads/dataset';
import type { State } from '@nads/train';
import { writeWhole } from '../files/write-file.js';
import { explain } from '../messages/explain.js';

/** Where a training stands. */
export interface Checkpoint {
  readonly epochs: number;
  readonly steps: number;
  readonly state: State;
  /** All settings that the weights depend on, as JSON. */
  readonly settings: string;
}

/** Writes a .npz file: every array of the state, and `epochs`, `steps`, `settings` (UTF-8). */
export function writeCheckpoint(
  file: string,
  { epochs, steps, state, settings }: Checkpoint,
): void {
  const arrays: Record<string, NdArray> = {};
  for (const [name, { dims, data }] of state)
    arrays[`state/${name}`] = { dtype: 'float32', shape: dims, data };
  arrays.epochs = { dtype: 'int32', shape: [], data: Int32Array.of(epochs) };
  arrays.steps = { dtype: 'int32', shape: [], data: Int32Array.of(steps) };
  const text = new TextEncoder().encode(settings);
  arrays.settings = { dtype: 'uint8', shape: [text.length], data: text };
  writeWhole(file, encodeNpz(arrays));
}

/**
 * The checkpoint in a file. @throws where there is none, or it was made with other settings, naming the first that
 * differs.
 */
export function readCheckpoint(file: string, settings: string): Checkpoint {
  if (!existsSync(file))
    throw new Error(`${file} is not there; without --resume training begins anew`);
  const bytes = explain(file, () => readFileSync(file));
  const arrays = explain(file, () => decodeNpz(bytes, file));
  const number = (name: string): number => Number(arrays.get(name)?.data[0] ?? NaN);
  const text = new TextDecoder().decode(
    Uint8Array.from(arrays.get('settings')?.data as Uint8Array),
  );
  requireSame(file, text, settings);
  const state = [...arrays].flatMap(([name, { shape, data }]) =>
    name.startsWith('state/')
      ? [[name.slice('state/'.length), { dims: shape, data: data as Float32Array }] as const]
      : [],
  );
  return { epochs: number('epochs'), steps: number('steps'), settings, state: new Map(state) };
}

function requireSame(file: string, found: string, wanted: string): void {
  const parse = (text: string) => explain(file, () => JSON.parse(text) as Record<string, unknown>);
  const [before, now] = [parse(found), parse(wanted)];
  for (const key of Object.keys({ ...now, ...before })) {
    const [a, b] = [before[key], now[key]].map(value => JSON.stringify(value) ?? 'none');
    if (a !== b) throw new Error(`${file}: was trained with ${key} ${a}, not ${b}`);
  }
}
