import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeNpy, encodeNpy } from '@nads/dataset';

const nads = fileURLToPath(new URL('../../packages/cli/bin/nads.js', import.meta.url));

/** Largest relative Frobenius error by step: float32 cancels at small ones. */
const tolerance = { 1: 2e-3, 100: 1e-4 };

/** `nads probe` against secants that PyTorch computed, for folded and unfolded batch-norm. */
export async function run({ shared, log }) {
  const result = { name: 'secants', passed: 0, failed: 0, skipped: 0, details: [] };
  const scratch = mkdtempSync(join(tmpdir(), 'nads-'));
  for (const check of checks(join(shared, 'oracles'), scratch)) {
    const error = relativeError(probe(check, scratch), read(check.reference));
    const good = error <= tolerance[check.step];
    result[good ? 'passed' : 'failed']++;
    const line = `${check.name}: relative error ${error.toExponential(1)}`;
    if (good) log(line);
    else result.details.push(`${line}, at most ${tolerance[check.step]} allowed`);
  }
  return result;
}

function* checks(oracles, scratch) {
  for (const name of readdirSync(oracles))
    for (const model of ['model', 'model_unfolded'])
      for (const of of ['outputs', 'features'])
        for (const step of [1, 100]) {
          const prefix = of === 'features' ? 'feature_' : '';
          const reference = join(oracles, name, `${prefix}secants_scale${step}.npy`);
          if (!existsSync(reference)) continue;
          const points = firstPoint(join(oracles, name, 'x.npy'), scratch);
          const file = join(oracles, name, `${model}.onnx`);
          yield { name: `${name}/${model} ${of} step ${step}`, file, of, step, points, reference };
        }
}

/** The oracles' secants are at the first of their points. */
function firstPoint(file, scratch) {
  const { dtype, shape, data } = read(file);
  const size = shape.slice(1).reduce((a, b) => a * b);
  const out = join(scratch, 'point.npy');
  const point = { dtype, shape: [1, ...shape.slice(1)], data: data.slice(0, size) };
  writeFileSync(out, encodeNpy(point));
  return out;
}

function probe({ file, of, step, points }, scratch) {
  const out = join(scratch, 'secants.npy');
  const options = ['--points', points, '--step', String(step), '--of', of, '-o', out];
  const { status, stderr } = spawnSync('node', [nads, 'probe', file, ...options], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return read(out);
}

const read = file => decodeNpy(readFileSync(file), file);

function relativeError(actual, expected) {
  let difference = 0;
  let norm = 0;
  expected.data.forEach((x, i) => {
    difference += (actual.data[i] - x) ** 2;
    norm += x * x;
  });
  return Math.sqrt(difference / norm);
}
