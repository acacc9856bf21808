import type { Clone } from './clone.ts';
import { kinds, type Kind } from './kinds.ts';
import type { Row } from './row.ts';

/** Hashes by task. */
type Hashes = Readonly<Record<string, string>>;

/** Changes a file of every kind; the hashes of the tasks that read it must change, and no others of tests and builds. */
export function* inputKinds(clone: Clone): Generator<Row> {
  const before = hashes(clone);
  yield nothing(before, hashes(clone));
  for (const kind of kinds(clone, Object.keys(before))) {
    const after = clone.while(
      kind.file,
      bytes => Buffer.concat([bytes, Buffer.from('\n')]),
      () => hashes(clone),
    );
    yield compared(kind, changed(before, after));
  }
}

const hashes = (clone: Clone): Hashes =>
  JSON.parse(clone.script('tools/checks/task-hashes.ts')) as Hashes;

const changed = (before: Hashes, after: Hashes): string[] =>
  Object.keys(before).filter(task => before[task] !== after[task]);

/** Without this, hashes that change by themselves would pass for inputs that are seen. */
function nothing(before: Hashes, after: Hashes): Row {
  const tasks = changed(before, after);
  const problem = tasks.length > 0 ? `${tasks.join(', ')} changed by themselves` : '';
  return { what: 'nothing', seen: `${tasks.length} tasks run again`, problem };
}

function compared({ file, readers, allowed = [] }: Kind, stale: readonly string[]): Row {
  const blind = readers.filter(task => !stale.includes(task));
  const needless = stale.filter(
    task => isOfPackage(task) && ![...readers, ...allowed].includes(task),
  );
  const problems = [
    ...(blind.length > 0 ? [`from the cache although they read it: ${blind.join(', ')}`] : []),
    ...(needless.length > 0 ? [`run again although they do not: ${needless.join(', ')}`] : []),
  ];
  return { what: file, seen: `${stale.length} tasks run again`, problem: problems.join('; ') };
}

const isOfPackage = (task: string): boolean => /:(build|test)$/.test(task);
