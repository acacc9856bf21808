import { join } from 'node:path';
import { Clone, type Run } from './clone.ts';
import type { Row } from './row.ts';

const words = ['run', '@nads/testing:test'];

/** Where nothing has run yet, nothing may come from a cache: another clone on this machine, and .ci/run in the same. */
export function* freshFolders(warm: Clone, origin: string): Generator<Row> {
  warm.nx(words);
  yield cold('.ci/run beside a warm cache', warm.nx(words, ownFolders(warm)));
  const other = new Clone(origin);
  try {
    yield cold('another clone on this machine', other.nx(words));
  } finally {
    other.remove();
  }
}

/** As .ci/run sets them. */
const ownFolders = ({ folder }: Clone): NodeJS.ProcessEnv => ({
  NX_CACHE_DIRECTORY: join(folder, 'out/ci/cache'),
  NX_WORKSPACE_DATA_DIRECTORY: join(folder, 'out/ci/data'),
});

function cold(what: string, { green, tasks, output }: Run): Row {
  const hits = tasks.filter(({ cacheStatus }) => cacheStatus !== 'cache-miss');
  const problem =
    hits.length > 0 ? `${hits.map(({ taskId }) => taskId).join(', ')} came from it` : '';
  const ran = green && tasks.length > 0 ? '' : `it did not run: ${output.slice(-500)}`;
  return {
    what,
    seen: `${tasks.length - hits.length} of ${tasks.length} tasks ran`,
    problem: problem || ran,
  };
}
