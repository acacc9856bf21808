import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@nads/linalg';
import { nadsDone, nadsRun } from './nads-run.ts';
import { differences, resultsIn } from './results-in.ts';
import type { Row } from './row.ts';

const signals = ['SIGKILL', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A command, and a run of it that nobody disturbed. */
interface Whole {
  readonly args: readonly string[];
  readonly seconds: number;
  readonly results: ReadonlyMap<string, Buffer>;
}

/**
 * Kills commands at random moments, lets them go on, and compares with runs that nobody disturbed. A kill that comes too late
 * is none: the machine was busier before.
 */
export async function* killsAndResumes(
  commands: readonly (readonly string[])[],
  kills: number,
  folder: string,
): AsyncGenerator<Row> {
  const random = new Random('moments');
  const wholes: Whole[] = [];
  for (const [c, args] of commands.entries()) wholes.push(await whole(args, join(folder, `${c}`)));
  let tries = 0;
  for (let i = 0; i < kills;) {
    const { args, seconds, results } = wholes[i % wholes.length];
    const signal = signals[Math.floor(i / wholes.length) % signals.length];
    const kill = { signal, after: seconds * (0.15 + 0.8 * random.next()) };
    const output = join(folder, `killed-${tries++}`);
    const killed = await nadsRun([...args, '-o', output], kill);
    if (killed.code === 0) wholes[i % wholes.length] = { args, results, seconds: killed.seconds };
    else {
      const seen = leftIn(output, killed.code);
      const problem = await goneOn([...args, '-o', output], output, results);
      yield { what: `${args[0]}, ${signal} after ${kill.after.toFixed(2)} s`, seen, problem };
      i++;
    }
  }
}

async function whole(args: readonly string[], output: string): Promise<Whole> {
  const { seconds } = await nadsDone([...args, '-o', output]);
  return { args, seconds, results: resultsIn(output) };
}

function leftIn(output: string, code: number | null): string {
  const files = existsSync(output) ? resultsIn(output).size : 0;
  return `exit code ${code ?? 'none'}, ${files} file(s) left`;
}

/** What is wrong after the run went on. */
async function goneOn(
  args: readonly string[],
  output: string,
  wanted: ReadonlyMap<string, Buffer>,
): Promise<string> {
  const problem = await again(args);
  return problem || differences(wanted, resultsIn(output)).join(', ');
}

/** The same command again; with --resume where it says so. */
async function again(args: readonly string[]): Promise<string> {
  const first = await nadsRun(args);
  if (first.code === 0) return '';
  if (!first.stderr.includes('--resume')) return first.stderr;
  const second = await nadsRun([...args, '--resume']);
  return second.code === 0 ? '' : second.stderr;
}
