import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Random } from '@nads/linalg';
import { feeds, readModel, writeModel, type Model } from '@nads/onnx';
import { float32, type Values } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { modelFiles } from './lib/model-files.ts';
import type { CheckOptions } from './run.ts';

export const title = 'models read and written';

/** Third-party and oracle models, read and written again, must give the same outputs to the bit. */
export async function run({ shared, result }: CheckOptions): Promise<void> {
  for (const file of modelFiles(shared, ['models', 'oracles'])) {
    const name = `${basename(dirname(file))}/${basename(file)}`;
    if (await isUnchanged(file)) result.pass(`${name}: the same outputs`);
    else result.fail(`${name}: other outputs after writing`);
  }
}

async function isUnchanged(file: string): Promise<boolean> {
  const bytes = readFileSync(file);
  const model = readModel(bytes, file);
  const inputs = inputsOf(model);
  const [before, after] = [await outputs(bytes, inputs), await outputs(writeModel(model), inputs)];
  return Object.keys(before).every(name => String(before[name].data) === String(after[name].data));
}

function inputsOf({ graph }: Model): Values {
  const values = feeds(graph).map(({ name, dims = [] }) => {
    const sizes = dims.map(size => (typeof size === 'number' && size > 0 ? size : 1));
    const data = new Float32Array(sizes.reduce((a, b) => a * b, 1));
    new Random(name).fillNormal(data, 0, 1);
    return [name, float32(data, sizes)];
  });
  return Object.fromEntries(values);
}

async function outputs(bytes: Uint8Array, inputs: Values): Promise<Values> {
  const session = await nodeRuntime.createSession(bytes);
  const results = await session.run(inputs);
  await session.release();
  return results;
}
