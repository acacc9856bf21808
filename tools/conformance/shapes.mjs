import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { feeds, readModel } from '@nads/onnx';
import { compareShapes } from './lib/compare-shapes.mjs';
import { filled } from './lib/tensor.mjs';

/** Shapes of every intermediate value of third-party and oracle models against onnxruntime's. */
export async function run({ shared, log }) {
  const result = { name: 'shapes of models', passed: 0, failed: 0, skipped: 0, details: [] };
  for (const file of modelFiles(shared)) {
    const { agreeing, unknown, differing } = await compareFile(file);
    result[differing.length > 0 ? 'failed' : 'passed']++;
    result.details.push(...differing.map(problem => `${file}: ${problem}`));
    log(`${file.slice(shared.length + 1)}: ${agreeing} shapes agree, ${unknown.length} unknown`);
  }
  return result;
}

const modelFiles = shared =>
  [...readdirSync(join(shared, 'models'), { withFileTypes: true }), ...oracleFiles(shared)]
    .filter(entry => entry.name.endsWith('.onnx'))
    .map(entry => join(entry.parentPath, entry.name));

const oracleFiles = shared =>
  readdirSync(join(shared, 'oracles'), { withFileTypes: true, recursive: true });

async function compareFile(file) {
  const model = readModel(readFileSync(file), file);
  const inputs = feeds(model.graph).map(({ name, type, dims }) => [
    name,
    filled(type, dims.map(sizeOrTwo)),
  ]);
  return compareShapes(model, Object.fromEntries(inputs));
}

/** Free axes get two entries. */
const sizeOrTwo = dimension => (typeof dimension === 'number' ? dimension : 2);
