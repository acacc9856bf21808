import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/nads.js', import.meta.url));

/** How a run ended, and what it said. */
export interface Outcome {
  /** As shells have it: 128 and the number of the signal, where one ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that has not ended yet. */
export interface Run {
  readonly outcome: Promise<Outcome>;
  kill(signal: NodeJS.Signals): void;
  /** Closes the reading end of stdout. */
  closeOutput(): void;
  /** Resolves as soon as stderr holds this text. */
  said(text: string): Promise<void>;
  /** The first line on stdout. */
  firstLine(): Promise<string>;
}

/** Starts the built command line. @param cwd where paths begin */
export function start(
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
  cwd?: string,
): Run {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, NADS_DEBUG: '', ...variables },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const outcome = new Promise<Outcome>(resolve =>
    child.once('close', (code, signal) =>
      resolve({ code: signal ? 128 + constants.signals[signal] : code, stdout, stderr }),
    ),
  );
  const said = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => void (stderr.includes(text) && resolve());
      child.stderr.on('data', look);
      child.once('close', () => reject(new Error(`ended without saying '${text}': ${stderr}`)));
      look();
    });
  const firstLine = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => void (stdout.includes('\n') && resolve(stdout.split('\n')[0]));
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`ended without a line: ${stderr}`)));
      look();
    });
  return {
    outcome,
    said,
    firstLine,
    kill: signal => void child.kill(signal),
    closeOutput: () => void child.stdout.destroy(),
  };
}

/** Runs the built command line to its end. */
export const nads = (...args: readonly string[]): Promise<Outcome> => start(args).outcome;

/** Runs it where it must succeed. */
export async function done(...args: readonly string[]): Promise<Outcome> {
  const outcome = await nads(...args);
  if (outcome.code !== 0) throw new Error(`nads ${args.join(' ')}: ${outcome.stderr}`);
  return outcome;
}

/** Runs it where it must refuse: one line on stderr, exit code 2, nothing on stdout. */
export async function complaint(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await nads(...args);
  const [line, ...more] = stderr.trimEnd().split('\n');
  expect({ code, stdout, more }).toEqual({ code: 2, stdout: '', more: [] });
  expect(line).toMatch(/^nads: /);
  return line.slice('nads: '.length);
}

/** A file of the models that come with nads. */
export const model = (name: string): string =>
  fileURLToPath(new URL(`../../../models/${name}.onnx`, import.meta.url));

/** A folder for one test file, and a way to take it away. */
export function temporaryFolder(): { path: (...parts: string[]) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'nads-'));
  return {
    path: (...parts) => join(folder, ...parts),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
