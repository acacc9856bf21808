import type { DescribedCommand, DescribedOption } from './described-command.js';

/** A completion script for zsh: commands, options and their choices, files everywhere else. */
export const zshCompletion = (
  name: string,
  commands: readonly DescribedCommand[],
): string => `#compdef ${name}
# zsh completion for ${name}: source <(${name} completion zsh), after compinit
_${name}() {
  local -a commands=(
${commands.map(command => `    ${quoted(`${command.name}:${command.description}`)}`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  case $words[2] in
${commands.map(commandCase).join('\n')}
  esac
}
compdef _${name} ${name}
`;

const commandCase = ({ name, options, words }: DescribedCommand): string => {
  const rest = words.length > 0 ? `*:what:(${words.join(' ')})` : '*:file:_files';
  const specifications = [rest, ...options.flatMap(optionSpecifications)];
  return `  ${name}) _arguments ${specifications.map(quoted).join(' ')} ;;`;
};

function optionSpecifications(option: DescribedOption): string[] {
  const { long, short, description, takesValue, choices } = option;
  const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files';
  const what = `[${description.replaceAll(/[[\]\\:]/g, '\\$&')}]${takesValue ? value : ''}`;
  return [long, ...(short ? [short] : [])].map(flag => `${flag}${what}`);
}

/** In single quotes, as shells read them. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
