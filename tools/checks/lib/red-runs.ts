import type { Clone, Run } from './clone.ts';
import type { Row } from './row.ts';

/** A change that a task must not survive. */
interface Break {
  readonly file: string;
  readonly change: (bytes: Buffer) => Buffer | string;
  /** What Nx runs: a task, and what tells it to do little. */
  readonly words: readonly string[];
}

const before = (line: string) => (bytes: Buffer) => `${line}\n${bytes.toString()}`;
const after = (line: string) => (bytes: Buffer) => `${bytes.toString()}\n${line}\n`;
const thrown = before("throw new Error('broken on purpose');");
const test = (name: string, ...files: readonly string[]) => ['run', `@nads/${name}:test`, ...files];

const breaks: readonly Break[] = [
  { file: 'packages/testing/src/index.ts', change: thrown, words: test('report', 'axis') },
  { file: 'packages/testing/test/expect-close.test.ts', change: thrown, words: test('testing') },
  {
    file: 'packages/linalg/src/matrix.ts',
    change: thrown,
    words: test('runtime', 'matrix-product'),
  },
  { file: 'models/lenet.onnx', change: () => 'garbage', words: test('onnx', 'test/head') },
  { file: 'packages/cli/bundle.mjs', change: thrown, words: test('cli', 'usage') },
  {
    file: 'packages/cli/bin/nads.js',
    change: after('process.exit(3);'),
    words: test('cli', 'usage'),
  },
  { file: 'tools/jest/preset.mjs', change: thrown, words: test('testing') },
  {
    file: 'tsconfig.base.json',
    change: bytes => String(bytes).replace('es2023', 'es1'),
    words: test('testing'),
  },
  {
    file: 'packages/linalg/src/matrix.ts',
    change: after('debugger;'),
    words: ['run', 'workspace:lint'],
  },
  {
    file: 'benchmarks/run.ts',
    change: after("export const wrong: number = 'text';"),
    words: ['run', 'workspace:typecheck'],
  },
  { file: 'README.md', change: after('*  loose*\n\n\n\n'), words: ['run', 'workspace:format'] },
];

/** Runs tasks twice, so that the cache is warm, then with a file broken: they must be run again and fail. */
export function* redRuns(clone: Clone): Generator<Row> {
  for (const { file, change, words } of breaks) {
    clone.nx(words);
    const warm = clone.nx(words);
    const broken = clone.while(file, change, () => clone.nx(words));
    yield {
      what: `${file} broken: nx ${words.slice(1).join(' ')}`,
      seen: `${colour(warm)}, ${hits(warm)} from the cache, then ${colour(broken)}`,
      problem: problemOf(warm, broken),
    };
  }
}

const colour = ({ green }: Run): string => (green ? 'green' : 'red');

const hits = ({ tasks }: Run): string => {
  const fromCache = tasks.filter(({ cacheStatus }) => cacheStatus !== 'cache-miss').length;
  return `${fromCache} of ${tasks.length}`;
};

function problemOf(warm: Run, broken: Run): string {
  if (!warm.green) return `it was red before: ${warm.output.slice(-500)}`;
  if (warm.tasks.length === 0) return 'Nx left no report of the run in the folder';
  if (warm.tasks.some(({ cacheStatus }) => cacheStatus === 'cache-miss'))
    return 'its cache stayed cold';
  return broken.green ? 'it stayed green' : '';
}
