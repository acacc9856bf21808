import { Argument, Command } from 'commander';

/** `nads completion`. */
export function completion(): Command {
  return new Command('completion')
    .description('A script by which a shell completes commands, options and their choices.')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', examples)
    .action(async (shell: 'bash' | 'zsh' | 'fish', _, command: Command) => {
      const { completionScript } = await import('../completion/completion-script.js');
      process.stdout.write(completionScript(shell, command.parent!));
    });
}

const examples = `
Examples:
  source <(nads completion bash)        in ~/.bashrc
  source <(nads completion zsh)         in ~/.zshrc, after compinit
  nads completion fish | source         in ~/.config/fish/config.fish`;
