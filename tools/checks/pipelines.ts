// Proves that the smoke experiment runs what follows from a change and nothing else, through Nx and without it, and prints times. In a
// clone of HEAD; takes some minutes.
//   npm run check:pipelines
import { appendFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Clone, type Run } from './lib/clone.ts';
import { printed, type Row } from './lib/row.ts';
import { digestOf } from '@nads/pipeline/node';

const file = 'experiments/smoke/experiment.json';
const all = 'set train estimate-1 estimate-2 compare sweep score prune summary report'.split(' ');
const rows: Row[] = [];

const clone = new Clone(fileURLToPath(new URL('../..', import.meta.url)));
try {
  const { green, output } = clone.nx(['run-many', '-t', 'build']);
  if (!green) throw new Error(`the clone does not build:\n${output}`);
  const out = join(clone.folder, 'experiments/smoke/out');
  check('everything, cold', all);
  const results = digestOf(out);
  check('nothing changed', []);
  rmSync(out, { recursive: true });
  check('results deleted', []);
  note('results that come back are the same', digestOf(out) === results ? '' : 'they are others');
  note('nads run after Nx', upToDate());
  clone.while(file, changed('report', { top: '5' }), () =>
    check('an option of the report', ['report']),
  );
  clone.while(file, changed('estimate', { step: 50 }), () =>
    check('the step of the estimates', [
      'estimate-1',
      'estimate-2',
      'compare',
      'sweep',
      'summary',
      'report',
    ]),
  );
  clone.while(
    'experiments/smoke/summary.mjs',
    bytes => `${bytes.toString()}\n// changed`,
    () => check('a script', ['summary']),
  );
  clone.while('packages/probe/src/estimator/secants/probe-failed.ts', reworded, () =>
    check('a message in probe', all),
  );
  check('all as before', []);
  const data = join(clone.folder, 'data');
  mkdirSync(data);
  cpSync(join(out, 'set/set.npz'), join(data, 'set.npz'));
  clone.while(file, changed('score', { data: '../../data/set.npz' }), () => {
    check('data that git ignores', ['score', 'summary']);
    appendFileSync(join(data, 'set.npz'), ' ');
    check('the same data with other contents', ['score', 'summary']);
  });
  note('nx affected: a script of smoke', affectedBy('experiments/smoke/summary.mjs', true));
  note('nx affected: probe', affectedBy('packages/probe/src/index.ts', true));
  note('nx affected: a page that no test reads', affectedBy('CONTRIBUTING.md', false));
} finally {
  clone.remove();
}

const failed = rows.filter(({ problem }) => problem !== '').length;
console.log(`pipelines: ${rows.length - failed} of ${rows.length} checks hold`);
process.exitCode = failed > 0 ? 1 : 0;

/** Runs all stages through Nx; those that are not answered from its cache are to be the expected ones. */
function check(what: string, expected: readonly string[]): void {
  const started = performance.now();
  const run = clone.nx(['run', 'smoke:pipeline']);
  const seconds = (performance.now() - started) / 1000;
  const ran = stagesOf(run);
  const same = ran.toSorted().join() === [...expected].toSorted().join();
  print({
    what,
    seen: `${ran.length === all.length ? 'all' : ran.join(' ') || 'nothing'} ran, ${seconds.toFixed(0)} s`,
    problem: run.green ? (same ? '' : `expected: ${expected.join(' ') || 'nothing'}`) : run.output,
  });
}

/** Stages that a run did not find in the cache. */
function stagesOf({ tasks }: Run): string[] {
  return tasks
    .filter(
      ({ taskId, cacheStatus }) => taskId.startsWith('smoke:') && cacheStatus === 'cache-miss',
    )
    .map(({ taskId }) => taskId.slice('smoke:'.length))
    .filter(stage => stage !== 'pipeline');
}

function note(what: string, problem: string): void {
  print({ what, seen: problem === '' ? 'holds' : '', problem });
}

function print(row: Row): void {
  rows.push(row);
  console.log(printed(row));
}

/** What `nads run` would do again; nothing is right. */
function upToDate(): string {
  const outcomes = JSON.parse(
    clone.script('packages/cli/bin/nads.js', 'run', 'experiments/smoke', '--json'),
  ) as readonly { readonly name: string; readonly outcome: string }[];
  const others = outcomes.filter(({ outcome }) => outcome !== 'up to date');
  return others.map(({ name, outcome }) => `${name}: ${outcome}`).join(', ');
}

function affectedBy(path: string, isAffected: boolean): string {
  const { output } = clone.nx(['show', 'projects', '--affected', `--files=${path}`, '--json']);
  const found = JSON.parse(/\[.*\]/s.exec(output)?.[0] ?? '[]') as string[];
  return found.includes('smoke') === isAffected ? '' : `affected are ${found.join(', ')}`;
}

/** The experiment with other options of a stage. */
function changed(stage: string, options: Readonly<Record<string, string | number>>) {
  return (bytes: Buffer): string => {
    const experiment = JSON.parse(bytes.toString()) as {
      stages: Record<string, { options?: object }>;
    };
    const settings = experiment.stages[stage];
    settings.options = { ...settings.options, ...options };
    return JSON.stringify(experiment, null, 2);
  };
}

/** Source code with one text in another wording: the command's code is another, what it computes is not. */
function reworded(bytes: Buffer): string {
  const text = bytes.toString();
  const other = text.replace('a probe of step', 'the probe of step');
  if (other === text) throw new Error('there is nothing to reword');
  return other;
}
