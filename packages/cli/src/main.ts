import type { Command } from 'commander';
import { nadsProgram } from './program.js';
import { endedBy } from './terminal/close-pool.js';
import { guardText } from './terminal/escape-controls.js';
import { helpLayout } from './terminal/help-layout.js';
import { lateRequirements } from './terminal/late-requirements.js';
import { refuseEmpty } from './terminal/refuse-empty.js';
import { badInput, oneLine, report } from './terminal/report.js';
import { beginCommand } from './terminal/with-flags.js';

/** Runs the command line. Runtimes are loaded by the commands that need them, so that help is quick. */
export async function main(argv: readonly string[]): Promise<void> {
  guardText(process.stdout);
  guardText(process.stderr);
  process.stdout.on('error', endWithReader);
  process.stderr.on('error', () => {}); // of a terminal that was closed: what was done is still to be saved
  process.on('uncaughtException', error => {
    report(error);
    process.exit(badInput);
  });
  const program = nadsProgram();
  complainBriefly(program, 'nads');
  const requireOptions = lateRequirements(program);
  program.hook('preAction', (_, command) => {
    requireOptions(command);
    refuseEmpty(command);
    beginCommand(command);
  });
  try {
    await program.parseAsync(argv.length > 2 ? [...argv] : [...argv, '--help']);
  } catch (error) {
    report(error as Error);
  }
  const signal = endedBy();
  if (signal) process.kill(process.pid, signal);
}

/** Wrong usage of a command, or of one below it, is one line on stderr; help fits narrow terminals. */
function complainBriefly(command: Command, name: string): void {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : badInput));
  command.configureHelp(helpLayout);
  command.configureOutput({
    getOutHelpWidth: helpWidth,
    outputError: (text, write) =>
      write(`nads: ${oneLine(text.replace(/^error: /, ''))}; see ${name} --help\n`),
  });
  for (const below of command.commands) complainBriefly(below, `${name} ${below.name()}`);
}

/** Columns of the terminal; where there is none, as COLUMNS says. */
const helpWidth = (): number => process.stdout.columns ?? (Number(process.env.COLUMNS) || 80);

/** A reader such as `head` that has seen enough closes the pipe. */
function endWithReader(error: Error & { code?: string }): void {
  if (error.code !== 'EPIPE') report(error);
  process.exit(error.code === 'EPIPE' ? 0 : badInput);
}
