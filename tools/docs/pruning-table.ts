import { basename } from 'node:path';
import { prune } from '@nads/study';
import { loadModel, nodeEnvironment } from '@nads/study/node';

/**
 * A table of models without a fifth of their channels, those of least magnitude: what is left, and why the rest stays.
 * Usage: npm run script -- tools/docs/pruning-table.ts MODEL...
 */
console.log('| model | parameters | after | ms | after | removed against zeroed | stays whole |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const file of process.argv.slice(2)) console.log(await rowOf(file));

async function rowOf(file: string): Promise<string> {
  try {
    const settings = { remove: 0.2, rounds: 1, criterion: 'magnitude' } as const;
    const found = await prune(loadModel(file), undefined, settings, nodeEnvironment());
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
