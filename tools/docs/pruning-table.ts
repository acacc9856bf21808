import { basename } from 'node:path';
import { Random } from '@nads/linalg';
import { inlineFunctions, parseInit, withFreshWeights } from '@nads/onnx';
import { prune, type SourceModel } from '@nads/study';
import { loadModel, nodeEnvironment } from '@nads/study/node';

/**
 * A table of models without a fifth of their channels, those of least magnitude: what is left, and why the rest stays.
 * Usage: npm run script -- tools/docs/pruning-table.ts [--fresh] MODEL...; --fresh draws weights, for files that have none.
 */
console.log('| model | parameters | after | ms | after | removed against zeroed | stays whole |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
const given = process.argv.slice(2);
const isFresh = given.includes('--fresh');
for (const file of given.filter(argument => argument !== '--fresh')) console.log(await rowOf(file));

function sourceOf(file: string): SourceModel {
  const source = loadModel(file);
  if (!isFresh) return source;
  const plain = inlineFunctions(source.model);
  return { ...source, model: withFreshWeights(plain, parseInit('pytorch'), new Random(1)) };
}

async function rowOf(file: string): Promise<string> {
  try {
    const settings = { remove: 0.2, rounds: 1, criterion: 'magnitude' } as const;
    const found = await prune(sourceOf(file), undefined, settings, nodeEnvironment());
    const { before, after, difference, whole } = found;
    const reasons = [...new Set(whole.map(({ reason }) => reason))];
    return row(
      basename(file),
      before.parameters,
      after.parameters,
      before.milliseconds.toFixed(2),
      after.milliseconds.toFixed(2),
      difference.toExponential(1),
      reasons.join('; ') || 'nothing',
    );
  } catch (error) {
    return row(basename(file), (error as Error).message);
  }
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}
