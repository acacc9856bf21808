import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built command line. */
export const bin = fileURLToPath(new URL('../../../packages/cli/bin/nads.js', import.meta.url));

/** How a run of `nads` ended. */
export interface NadsRun {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stderr: string;
  readonly seconds: number;
}

/** A signal that is sent some seconds after the start. */
export interface Kill {
  readonly signal: NodeJS.Signals;
  readonly after: number;
}

/** Runs the built command line. */
export function nadsRun(args: readonly string[], kill?: Kill): Promise<NadsRun> {
  const started = performance.now();
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const timer = kill && setTimeout(() => child.kill(kill.signal), 1000 * kill.after);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise(resolve =>
    child.once('close', code => {
      clearTimeout(timer);
      resolve({ code, stderr, seconds: (performance.now() - started) / 1000 });
    }),
  );
}

/** As `nadsRun`, where it must succeed. */
export async function nadsDone(args: readonly string[]): Promise<NadsRun> {
  const run = await nadsRun(args);
  if (run.code === 0) return run;
  throw new Error(`nads ${args.join(' ')}: exit code ${run.code}: ${run.stderr}`);
}
