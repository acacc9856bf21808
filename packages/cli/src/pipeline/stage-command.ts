import type { Command, Option } from 'commander';
import type { OptionValue, Stage } from '@nads/pipeline';
import type { QueueFlags } from '../commands/queue-options.js';
import { queuedOptions } from './queued-options.js';

/** A stage as a command line. */
export interface StageCommand {
  /** The command's name and all that it is given. */
  readonly words: readonly string[];
  /** The file that takes what it prints, where it writes nothing by itself. */
  readonly printed?: string;
  /** Whether it can be told to go on, and to replace what is there. */
  readonly resumes: boolean;
  readonly replaces: boolean;
}

/** Files of commands that would write beside what they read. */
const usualFiles: Readonly<Record<string, string>> = { report: 'report.html' };

/** Options that are the pipeline's business. */
const reserved = new Set(['out', 'force', 'resume', 'json']);

/** Options of `nads run` that it hands on. */
const places = new Set(['queue', 'store']);

/**
 * The command line of a stage that runs a command, which is checked as far as it can be without its files.
 * @param program with all commands
 * @param place of workers that do its tasks, if it has such
 * @throws naming the stage, and the option or argument that does not fit
 */
export function stageCommand(program: Command, stage: Stage, place: QueueFlags = {}): StageCommand {
  const command = program.commands.find(one => one.name() === stage.run);
  if (!command || stage.run === 'run' || stage.run === 'new')
    refuse(stage, `nads has no command '${stage.run}' for a stage`);
  requireArguments(command, stage);
  const own = Object.keys(stage.options).find(name => places.has(name));
  if (own) refuse(stage, `option '${own}' is the same for all stages; give it to nads run`);
  const given = Object.entries(queuedOptions(command, stage.options, place)).flatMap(
    ([name, value]) => wordsOf(command, stage, name, value),
  );
  for (const option of command.options) requireGiven(option, stage);
  const output = outputOf(command, stage);
  return {
    words: [stage.run!, ...given, ...output.words, '--', ...stage.arguments],
    printed: output.printed,
    resumes: has(command, 'resume'),
    replaces: has(command, 'force'),
  };
}

/** What Node is given for a stage that runs a script: options, the folder for results, arguments. */
export const scriptWords = ({ script, options, folder, arguments: words }: Stage): string[] => [
  script!,
  ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
  `--out=${folder}`,
  ...words,
];

function refuse({ name }: Stage, problem: string): never {
  throw new Error(`stage '${name}': ${problem}`);
}

const has = (command: Command, name: string): boolean => optionOf(command, name) !== undefined;

const optionOf = (command: Command, name: string): Option | undefined =>
  command.options.find(({ long }) => long === `--${name}`);

function requireArguments({ registeredArguments }: Command, stage: Stage): void {
  const least = registeredArguments.filter(({ required }) => required).length;
  const isOpen = registeredArguments.some(({ variadic }) => variadic);
  const most = isOpen ? Infinity : registeredArguments.length;
  const { length } = stage.arguments;
  if (length < least)
    refuse(
      stage,
      `argument <${registeredArguments[length].name()}> of nads ${stage.run} is missing`,
    );
  if (length > most) refuse(stage, `nads ${stage.run} takes ${most} arguments, not ${length}`);
}

/** An option as it is written on a command line; no words for one that stands alone and is false. */
function wordsOf(command: Command, stage: Stage, name: string, value: OptionValue): string[] {
  const option = optionOf(command, name);
  if (!option)
    return refuse(stage, `nads ${stage.run} has no option '${name}'; see nads ${stage.run} --help`);
  if (reserved.has(name)) refuse(stage, `option '${name}' follows from the stage; leave it out`);
  const takesValue = option.required || option.optional;
  if (typeof value === 'boolean' && takesValue) refuse(stage, `option '${name}' needs a value`);
  if (typeof value === 'boolean') return value ? [`--${name}`] : [];
  if (!takesValue) refuse(stage, `option '${name}' takes no value; give true or false`);
  try {
    option.parseArg?.(String(value), undefined);
  } catch (error) {
    refuse(stage, `option '${name}', ${value}: ${(error as Error).message}`);
  }
  return [`--${name}=${value}`];
}

/** @throws where an option is missing that a command cannot do without; where results go is known */
function requireGiven({ mandatory, long, defaultValue }: Option, stage: Stage): void {
  const name = long?.slice(2) ?? '';
  if (mandatory && name !== 'out' && defaultValue === undefined && !(name in stage.options))
    refuse(stage, `option '${name}' of nads ${stage.run} is missing`);
}

/** Where results go: into the stage's folder, into a file in it, or, printed, into result.json. */
function outputOf(command: Command, stage: Stage): { words: string[]; printed?: string } {
  const out = optionOf(command, 'out');
  const { folder, file = usualFiles[stage.run!] } = stage;
  if (out?.flags.includes('<dir>')) {
    if (stage.file !== undefined)
      refuse(stage, `nads ${stage.run} writes several files; leave 'file' out`);
    return { words: ['--out', folder] };
  }
  if (out && file !== undefined) return { words: ['--out', `${folder}/${file}`] };
  if (out?.mandatory)
    refuse(
      stage,
      `nads ${stage.run} writes one file; name it with 'file', as in "file": "${stage.run}.onnx"`,
    );
  if (!has(command, 'json')) refuse(stage, `nads ${stage.run} has no result to keep`);
  return { words: ['--json'], printed: `${folder}/${file ?? 'result.json'}` };
}
