import type { Measurement } from './measurement.ts';
import { runCommand, type RunCommandOptions } from './run-command.ts';

/**
 * Runs `npm run bench -- NAME --json` in a process of its own.
 * @param words the name, and options
 * @throws where it fails, or prints something else
 */
export async function runBenchmark(
  words: readonly string[],
  options: RunCommandOptions,
): Promise<Measurement> {
  const command = ['npm', 'run', '--silent', 'bench', '--', ...words, '--json'];
  const text = await runCommand(command, options);
  try {
    return JSON.parse(text) as Measurement;
  } catch {
    throw new Error(
      `'${command.join(' ')}' printed something that is not JSON: ${text.slice(0, 200)}`,
    );
  }
}
