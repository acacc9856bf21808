import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a command runs. */
export interface RunCommandOptions {
  readonly folder: string;
  /** Ends it and all that it has started. */
  readonly signal?: AbortSignal;
  /** On top of the caller's. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * What a command writes to its standard output; what it writes to the other appears at once.
 * @throws where it fails, with its exit code; the signal's reason where that ended it.
 */
export async function runCommand(
  [command, ...words]: readonly string[],
  { folder, signal, env }: RunCommandOptions,
): Promise<string> {
  signal?.throwIfAborted();
  const child = spawn(command, words, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a group of its own, so that what it starts can be ended with it
  });
  const end = (): void => endGroup(child.pid);
  signal?.addEventListener('abort', end);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  try {
    const [code, killer] = (await once(child, 'close')) as [number | null, string | null];
    signal?.throwIfAborted();
    if (code !== 0)
      throw new Error(`'${[command, ...words].join(' ')}' ended with ${code ?? killer}`);
    return said;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended by itself
  }
}
