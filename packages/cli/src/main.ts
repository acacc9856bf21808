import { inspect as pretty } from 'node:util';
import { Command } from 'commander';
import { analyze } from './commands/analyze.js';
import { compare } from './commands/compare.js';
import { data } from './commands/data.js';
import { decompose } from './commands/decompose.js';
import { estimate } from './commands/estimate.js';
import { flip } from './commands/flip.js';
import { gradient } from './commands/gradient.js';
import { inspect } from './commands/inspect.js';
import { margin } from './commands/margin.js';
import { models } from './commands/models.js';
import { ntk } from './commands/ntk.js';
import { poison } from './commands/poison.js';
import { probe } from './commands/probe.js';
import { saliency } from './commands/saliency.js';
import { sweep } from './commands/sweep.js';
import { synth } from './commands/synth.js';
import { train } from './commands/train.js';
import { beginCommand, withFlags } from './terminal/with-flags.js';

/** Exit code for errors that the user can fix: a bad file, a wrong option, a full disk. */
const badInput = 2;

/** Runs the command line. Runtimes are loaded by the commands that need them, so that help is quick. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', endWithReader);
  process.on('uncaughtException', error => {
    report(error);
    process.exit(badInput);
  });
  const program = new Command('nads')
    .description('Neural anisotropy directions: which input directions a network prefers.')
    .version('0.1.0')
    .addHelpText('after', examples);
  for (const command of [
    inspect,
    estimate,
    probe,
    gradient,
    compare,
    analyze,
    saliency,
    ntk,
    train,
    sweep,
    synth,
    data,
    poison,
    flip,
    decompose,
    margin,
    models,
  ])
    program.addCommand(command());
  complainBriefly(program, 'nads');
  program.hook('preAction', (_, action) => beginCommand(action));
  try {
    await program.parseAsync(argv.length > 2 ? [...argv] : [...argv, '--help']);
  } catch (error) {
    report(error as Error);
  }
}

const examples = `
Examples:
  nads inspect model.onnx
  nads estimate model.onnx --out out/model
  nads compare out/model out/other --top 1,10,100
  nads probe model.onnx --points x.npy --step 100 -o secants.npy
  nads gradient model.onnx -o grad.onnx`;

/** Wrong usage of a command, or of one below it, is one line on stderr. */
function complainBriefly(command: Command, name: string): void {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : badInput));
  command.configureOutput({
    outputError: (text, write) =>
      write(`nads: ${oneLine(text.replace(/^error: /, ''))}; see ${name} --help\n`),
  });
  for (const below of command.commands) complainBriefly(below, `${name} ${below.name()}`);
}

/** A reader such as `head` that has seen enough closes the pipe. */
function endWithReader(error: Error & { code?: string }): void {
  if (error.code !== 'EPIPE') report(error);
  process.exit(error.code === 'EPIPE' ? 0 : badInput);
}

const oneLine = (text: string): string =>
  text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');

/** One line for the user; the whole story where NADS_DEBUG is set. */
function report(error: Error): void {
  process.stderr.write(`nads: ${oneLine(withFlags(error.message))}\n`);
  if (process.env.NADS_DEBUG) process.stderr.write(`${pretty(error)}\n`);
  process.exitCode = badInput;
}
