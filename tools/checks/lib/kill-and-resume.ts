import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@nads/linalg';
import { nadsDone, nadsRun, type Kill } from './nads-run.ts';
import { differences, resultsIn } from './results-in.ts';
import type { Row } from './row.ts';

const signals = ['SIGKILL', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Kills commands at random moments, lets them go on, and compares with runs that nobody disturbed. */
export async function* killsAndResumes(
  commands: readonly (readonly string[])[],
  kills: number,
  folder: string,
): AsyncGenerator<Row> {
  const random = new Random('moments');
  const wholes = [];
  for (const [c, args] of commands.entries()) wholes.push(await whole(args, join(folder, `${c}`)));
  for (let i = 0; i < kills; i++) {
    const args = commands[i % commands.length];
    const { seconds, results } = wholes[i % commands.length];
    const signal = signals[Math.floor(i / commands.length) % signals.length];
    const kill = { signal, after: seconds * (0.15 + 0.8 * random.next()) };
    const output = join(folder, `killed-${i}`);
    const [left, problem] = await disturbed([...args, '-o', output], output, kill, results);
    const at = `${kill.after.toFixed(2)} of ${seconds.toFixed(2)} s`;
    yield { what: `${args[0]}, ${signal} after ${at}`, seen: left, problem };
  }
}

async function whole(args: readonly string[], output: string) {
  const { seconds } = await nadsDone([...args, '-o', output]);
  return { seconds, results: resultsIn(output) };
}

/** What a kill left, and what is wrong after the run went on. */
async function disturbed(
  args: readonly string[],
  output: string,
  kill: Kill,
  wanted: ReadonlyMap<string, Buffer>,
): Promise<readonly [left: string, problem: string]> {
  const { code } = await nadsRun(args, kill);
  const ending = code === 0 ? 'was done before' : `exit code ${code ?? 'none'}`;
  const left = existsSync(output) ? [...resultsIn(output).keys()].length : 0;
  const last = await goneOn(args);
  const changed = last === '' ? differences(wanted, resultsIn(output)) : [];
  return [`${ending}, ${left} file(s) left`, last || changed.join(', ')];
}

/** The same command again; with --resume where it says so. */
async function goneOn(args: readonly string[]): Promise<string> {
  const first = await nadsRun(args);
  if (first.code === 0) return '';
  if (!first.stderr.includes('--resume')) return first.stderr;
  const second = await nadsRun([...args, '--resume']);
  return second.code === 0 ? '' : second.stderr;
}
