import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Random } from '@nads/linalg';
import { feeds, readModel, writeModel } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';

/** Third-party and oracle models, read and written again, must give the same outputs to the bit. */
export async function run({ shared, log }) {
  const result = { name: 'models read and written', passed: 0, failed: 0, skipped: 0, details: [] };
  for (const file of modelFiles(shared)) {
    const same = await isUnchanged(file);
    const name = `${basename(dirname(file))}/${basename(file)}`;
    result[same ? 'passed' : 'failed']++;
    if (same) log(`${name}: the same outputs`);
    else result.details.push(`${name}: other outputs after writing`);
  }
  return result;
}

function modelFiles(shared) {
  return ['models', 'oracles']
    .map(folder => join(shared, folder))
    .filter(existsSync)
    .flatMap(folder => readdirSync(folder, { recursive: true }).map(name => join(folder, name)))
    .filter(file => file.endsWith('.onnx'));
}

async function isUnchanged(file) {
  const bytes = readFileSync(file);
  const model = readModel(bytes, file);
  const inputs = inputsOf(model);
  const [before, after] = [await outputs(bytes, inputs), await outputs(writeModel(model), inputs)];
  return Object.keys(before).every(name => String(before[name].data) === String(after[name].data));
}

function inputsOf({ graph }) {
  const values = feeds(graph).map(({ name, dims }) => {
    const sizes = dims.map(size => (typeof size === 'number' && size > 0 ? size : 1));
    const data = new Float32Array(sizes.reduce((a, b) => a * b, 1));
    new Random(name).fillNormal(data, 0, 1);
    return [name, float32(data, sizes)];
  });
  return Object.fromEntries(values);
}

async function outputs(bytes, inputs) {
  const session = await nodeRuntime.createSession(bytes);
  const results = await session.run(inputs);
  await session.release();
  return results;
}
