import type { Measurement } from './measurement.ts';
import { runCommand, type RunCommandOptions } from './run-command.ts';

/**
 * Runs `npm run bench -- NAME --json` in a process of its own.
 * @param words the name, and options
 * @throws where it fails, or prints something else
 */
export async function runBenchmark(
  [name, ...rest]: readonly [string, ...string[]],
  options: RunCommandOptions,
): Promise<Measurement> {
  const command = ['npm', 'run', '--silent', 'bench', '--', name, ...rest, '--json'];
  const text = await runCommand(command, options);
  try {
    // older commits do not say which benchmark it was
    return { ...(JSON.parse(text) as Measurement), benchmark: name };
  } catch {
    throw new Error(
      `'${command.join(' ')}' printed something that is not JSON: ${text.slice(0, 200)}`,
    );
  }
}
