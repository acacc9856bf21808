import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeNpy } from '@nads/dataset';
import { callNads } from './lib/call-nads.ts';
import { readFloats, type Floats } from './lib/read-floats.ts';
import { relativeError } from './lib/relative-error.ts';
import type { CheckOptions } from './run.ts';

/** Largest relative Frobenius error by step: float32 cancels at small ones. */
const tolerance = { 1: 2e-3, 100: 1e-4 };

export const title = 'secants';

/** `nads probe` against secants that PyTorch computed, for folded and unfolded batch-norm. */
export async function run({ shared, result }: CheckOptions): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'nads-'));
  for (const oracle of oracles(join(shared, 'oracles'), scratch)) {
    const { data } = readFloats(oracle.reference);
    const error = relativeError(probe(oracle, scratch).data, data);
    const allowed = tolerance[oracle.step];
    const line = `${oracle.name}: relative error ${error.toExponential(1)}`;
    result.note(error <= allowed, line, `, at most ${allowed} allowed`);
  }
}

/** Secants on file, and what they were taken of. */
interface Oracle {
  readonly name: string;
  readonly file: string;
  readonly of: string;
  readonly step: keyof typeof tolerance;
  /** File of the point. */
  readonly points: string;
  readonly reference: string;
}

function* oracles(folder: string, scratch: string): Generator<Oracle> {
  for (const name of readdirSync(folder))
    for (const model of ['model', 'model_unfolded'])
      for (const of of ['outputs', 'features'])
        for (const step of [1, 100] as const) {
          const prefix = of === 'features' ? 'feature_' : '';
          const reference = join(folder, name, `${prefix}secants_scale${step}.npy`);
          if (!existsSync(reference)) continue;
          const points = firstPoint(join(folder, name, 'x.npy'), scratch);
          const file = join(folder, name, `${model}.onnx`);
          yield { name: `${name}/${model} ${of} step ${step}`, file, of, step, points, reference };
        }
}

/** The oracles' secants are at the first of their points. */
function firstPoint(file: string, scratch: string): string {
  const { dtype, shape, data } = readFloats(file);
  const [, ...rest] = shape;
  const size = rest.reduce((a, b) => a * b);
  const out = join(scratch, 'point.npy');
  writeFileSync(out, encodeNpy({ dtype, shape: [1, ...rest], data: data.slice(0, size) }));
  return out;
}

function probe({ file, of, step, points }: Oracle, scratch: string): Floats {
  const out = join(scratch, 'secants.npy');
  callNads(
    'probe',
    file,
    '--points',
    points,
    '--step',
    `${step}`,
    '--of',
    of,
    '--force',
    '-o',
    out,
  );
  return readFloats(out);
}
