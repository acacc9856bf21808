import type { DescribedCommand, DescribedOption } from './described-command.js';

/** A completion script for bash: commands, options and their choices, files everywhere else. */
export const bashCompletion = (
  name: string,
  commands: readonly DescribedCommand[],
): string => `# bash completion for ${name}: source <(${name} completion bash)
_${name}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} words=
  if ((COMP_CWORD == 1)); then
    words='${commands.map(command => command.name).join(' ')}'
  else
    case "\${COMP_WORDS[1]} $before" in
${commands.flatMap(choiceCases).join('\n')}
    *)
      case "\${COMP_WORDS[1]}" in
${commands.map(optionCase).join('\n')}
      esac
      ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _${name} ${name}
`;

/** What may follow options: their choices, or nothing that is known here. */
function choiceCases(command: DescribedCommand): string[] {
  const valued = command.options.filter(({ takesValue }) => takesValue);
  const free = valued.filter(({ choices }) => choices.length === 0);
  return [
    ...valued
      .filter(({ choices }) => choices.length > 0)
      .map(one => `    ${pattern(command, [one])}) words='${one.choices.join(' ')}' ;;`),
    ...(free.length > 0 ? [`    ${pattern(command, free)}) ;;`] : []),
  ];
}

const pattern = ({ name }: DescribedCommand, options: readonly DescribedOption[]): string =>
  options
    .flatMap(flagsOf)
    .map(flag => `'${name} ${flag}'`)
    .join(' | ');

const optionCase = ({ name, options, words }: DescribedCommand): string =>
  `      ${name}) if [[ $word == -* ]]; then words='${options.flatMap(flagsOf).join(' ')}'; else words='${words.join(' ')}'; fi ;;`;

const flagsOf = ({ long, short }: DescribedOption): string[] => (short ? [short, long] : [long]);
