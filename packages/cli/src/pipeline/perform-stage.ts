import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import type { Stage } from '@nads/pipeline';
import type { Perform } from '@nads/pipeline/node';
import type { QueueFlags } from '../commands/queue-options.js';
import { scriptWords, stageCommand } from './stage-command.js';

/** Runs stages as processes in the folder of their experiment, so that each has all memory for itself. */
export const performStage =
  (program: Command, root: string, signal: AbortSignal, place: QueueFlags = {}): Perform =>
  async (stage, folder, begun) => {
    if (stage.script !== undefined) return runScript(stage, root, signal);
    const command = stageCommand(program, stage, place);
    const { words, printed } = command;
    const goOn = begun && command.resumes && hasResults(folder) ? ['--resume'] : [];
    const replace = command.replaces && goOn.length === 0 ? ['--force'] : [];
    const line = [process.argv[1], words[0], ...goOn, ...replace, ...words.slice(1)];
    await run(line, { root, signal, printed: printed && join(root, printed) });
  };

/** Whether there is anything in a folder but the record of the stage. */
const hasResults = (folder: string): boolean =>
  readdirSync(folder).some(name => !name.startsWith('stage.json'));

async function runScript(stage: Stage, root: string, signal: AbortSignal): Promise<void> {
  mkdirSync(join(root, stage.folder), { recursive: true });
  await run(scriptWords(stage), { root, signal });
}

/** Where a process runs, and where what it prints goes. */
interface Place {
  readonly root: string;
  readonly signal: AbortSignal;
  readonly printed?: string;
}

/** @throws where it ends with another exit code than 0 */
async function run(words: readonly string[], { root, signal, printed }: Place): Promise<void> {
  const child = spawn(process.execPath, [...loaders(), ...words], {
    cwd: root,
    stdio: ['ignore', printed === undefined ? process.stderr : 'pipe', 'inherit'], // stdout is for how stages ended
  });
  const stop = (): void => void child.kill('SIGINT');
  signal.addEventListener('abort', stop);
  try {
    const ended = new Promise<string | undefined>((done, fail) => {
      child.on('error', fail);
      child.on('close', (code, by) => done(code === 0 ? undefined : `exit code ${code ?? by}`));
    });
    if (printed !== undefined) await keep(child.stdout!, printed);
    const problem = await ended;
    if (problem !== undefined) throw new Error(problem);
    if (printed !== undefined) renameSync(`${printed}.partial`, printed);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function keep(stream: NodeJS.ReadableStream, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  await pipeline(stream, createWriteStream(`${file}.partial`));
}

/** Modules that this process was told to load first, such as one that reads TypeScript, by their places. */
function loaders(): string[] {
  const { execArgv } = process;
  return execArgv.map((word, i) =>
    execArgv[i - 1] === '--import' && word.startsWith('.')
      ? pathToFileURL(resolve(word)).href
      : word,
  );
}
