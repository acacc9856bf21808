import type { Command } from 'commander';
import { bashCompletion } from './bash.js';
import { describedCommands } from './described-command.js';
import { fishCompletion } from './fish.js';
import { zshCompletion } from './zsh.js';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** A script that completes a program's commands, options and their choices in a shell. */
export const completionScript = (shell: keyof typeof scripts, program: Command): string =>
  scripts[shell](program.name(), describedCommands(program));
