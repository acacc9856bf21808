import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CheckResult } from './check-result.ts';
import { limitedProcess, type Ended } from './limited-process.ts';

const nads = fileURLToPath(new URL('../../../packages/cli/bin/nads.js', import.meta.url));

/** What a command may use for a hostile file. */
export const limits = { seconds: 5, wallSeconds: 30, bytes: 1e9 };

/** What is done with a file of each kind. */
const commands: Readonly<Record<string, readonly ((file: string) => readonly string[])[]>> = {
  '.onnx': [
    file => ['inspect', file],
    file => ['estimate', file, '--networks', '1', '--out', `${file}.estimate`],
    file => ['gradient', file, '-o', `${file}.gradient.onnx`],
    file => ['gradient', file, '--wrt', 'parameters', '-o', `${file}.parameters.onnx`],
  ],
  '.jpg': [file => ['saliency', 'lenet.onnx', '--image', file, '-o', `${file}.saliency`]],
};

/**
 * Every file of a folder of hostile ones through the commands that read its kind, each in a process of its own: success,
 * or one line of what is wrong, within limits of time and memory.
 */
export async function checkHostile(
  folder: string,
  model: string,
  result: CheckResult,
): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    cpSync(folder, scratch, { recursive: true });
    cpSync(model, join(scratch, 'lenet.onnx'));
    writeBigFile(scratch);
    for (const file of readdirSync(folder).toSorted())
      for (const command of commands[kindOf(file)] ?? []) {
        const args = command(file);
        const problem = problemOf(await limitedProcess([nads, ...args], scratch, limits));
        result.note(problem === undefined, `hostile: ${args.join(' ')}`, `: ${problem}`);
      }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The sparse file of 300 MiB that some of them refer to. */
function writeBigFile(folder: string): void {
  const file = join(folder, 'big.bin');
  if (existsSync(file)) return;
  writeFileSync(file, '');
  truncateSync(file, 300 * 2 ** 20);
}

const kindOf = (file: string): string => /\.[^.]+$/.exec(file)?.[0] ?? '';

/** What is wrong with how a command ended; undefined where it succeeded or said in one line why not. */
export function problemOf({ status, stdout, stderr, problem }: Ended): string | undefined {
  if (problem !== undefined) return problem;
  if (hasControls(stdout + stderr))
    return `control characters in ${JSON.stringify(stdout + stderr)}`;
  if (status === 0) return undefined;
  if (status !== 1 && status !== 2) return `exit code ${status}`;
  const lines = stderr.split('\n').filter(line => line.startsWith('nads: '));
  if (lines.length !== 1)
    return `${lines.length} lines of what is wrong: ${JSON.stringify(stderr)}`;
  return internal.test(stderr) ? `not meant for users: ${stderr.trim()}` : undefined;
}

/** What only programmers understand. */
const internal =
  /\n\s+at |TypeError|RangeError|Cannot read properties|is not (a function|iterable|defined)|Maximum call stack/;

/** Whether there is more to it than text and ends of lines. */
const hasControls = (text: string): boolean =>
  /[\p{Cc}\p{Bidi_Control}]/u.test(text.replaceAll('\n', ''));
