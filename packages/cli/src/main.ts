import { Command } from 'commander';
import { compare } from './commands/compare.js';
import { estimate } from './commands/estimate.js';
import { inspect } from './commands/inspect.js';
import { models } from './commands/models.js';
import { probe } from './commands/probe.js';

/** Exit code for what the user can put right: a bad file, a wrong option, a full disk. */
const badInput = 2;

/** Runs the command line. Runtimes are loaded by the commands that need them, so that help is quick. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('nads')
    .description('Neural anisotropy directions: which input directions a network prefers.')
    .version('0.1.0')
    .showHelpAfterError('(nads --help shows the commands, nads COMMAND --help their options)')
    .addHelpText('after', examples);
  for (const command of [inspect, estimate, probe, compare, models]) program.addCommand(command());
  for (const command of program.commands)
    command.exitOverride(exitOnUsage).showHelpAfterError(false);
  program.exitOverride(exitOnUsage);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    report(error as Error);
  }
}

const examples = `
Examples:
  nads inspect model.onnx
  nads estimate model.onnx --out out/model
  nads compare out/model out/other --top 1,10,100
  nads probe model.onnx --points x.npy --step 100 -o secants.npy`;

function exitOnUsage(error: { exitCode: number }): never {
  process.exit(error.exitCode === 0 ? 0 : badInput);
}

/** One line for the user; the whole story where NADS_DEBUG is set. */
function report(error: Error): void {
  const line = error.message.replaceAll(/\s*\n\s*/g, ' ');
  process.stderr.write(`nads: ${line}\n`);
  if (process.env.NADS_DEBUG) process.stderr.write(`${error.stack}\n`);
  process.exitCode = badInput;
}
