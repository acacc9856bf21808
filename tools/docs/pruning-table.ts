import { basename } from 'node:path';
import { prune, type Pruned, type PrunedState, type WholeGroup } from '@nads/study';
import { loadModel, nodeEnvironment } from '@nads/study/node';

/**
 * A table of models without a fifth of their channels, those of least magnitude: what is left, the time beside that before, also where
 * multiples of eight channels are left, and why the rest stays.
 * Usage: npm run script -- tools/docs/pruning-table.ts [--fresh] MODEL...; --fresh draws weights, for files that have none.
 */
console.log(
  '| model | parameters | after | time | multiples of 8 | removed against zeroed | stays whole |',
);
console.log(
  '| ----- | ---------- | ----- | ---- | -------------- | ---------------------- | ----------- |',
);
const given = process.argv.slice(2);
const weights = given.includes('--fresh') ? 'fresh' : 'file';
for (const file of given.filter(argument => argument !== '--fresh')) console.log(await rowOf(file));

async function rowOf(file: string): Promise<string> {
  try {
    const { before, after, difference, whole } = await pruned(file);
    const round = await pruned(file, 8);
    return row(
      basename(file),
      millions(before.parameters),
      millions(after.parameters),
      `${before.milliseconds.toFixed(2)} ms × ${ratio(before, after)}`,
      `× ${ratio(round.before, round.after)}`,
      difference.toExponential(1),
      reasonsOf(whole),
    );
  } catch (error) {
    return row(basename(file), '', '', '', '', '', (error as Error).message);
  }
}

function pruned(file: string, round?: number): Promise<Pruned> {
  const settings = { remove: 0.2, rounds: 1, criterion: 'magnitude', weights, round } as const;
  return prune(loadModel(file), undefined, settings, nodeEnvironment());
}

function ratio(before: PrunedState, after: PrunedState): string {
  return (after.milliseconds / before.milliseconds).toFixed(2);
}

/** Each kind of reason once, with the number of channels that stay for it and the first node that it names. */
function reasonsOf(whole: readonly WholeGroup[]): string {
  const kinds = new Map<string, { first: string; channels: number }>();
  for (const { reason, channels } of whole) {
    const kind = reason.replace(/^'[^']*' /, '');
    const { first, channels: count } = kinds.get(kind) ?? { first: reason, channels: 0 };
    kinds.set(kind, { first, channels: count + channels.length });
  }
  return (
    [...kinds.values()].map(({ first, channels }) => `${channels} channels: ${first}`).join('; ') ||
    'nothing'
  );
}

function millions(count: number): string {
  return `${(count / 1e6).toPrecision(3)} M`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
