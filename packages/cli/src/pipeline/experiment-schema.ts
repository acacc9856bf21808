import type { Argument, Command, Option } from 'commander';

/** Options that follow from the stage, or are those of `nads run`. */
const implied = new Set([
  '--out',
  '--force',
  '--resume',
  '--json',
  '--quiet',
  '--help',
  '--dry-run',
  '--queue',
  '--store',
]);

/** JSON Schema of experiment.json, with the options of all commands, for editors. */
export const experimentSchema = (program: Command): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'An experiment of nads: stages that follow from each other',
  type: 'object',
  required: ['stages'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    title: { type: 'string' },
    stages: {
      type: 'object',
      propertyNames: { pattern: '^[a-z][a-z0-9-]*$' },
      additionalProperties: {
        anyOf: [...program.commands.filter(isStage).map(stageSchema), scriptSchema],
      },
    },
  },
});

const isStage = (command: Command): boolean =>
  !['run', 'new', 'completion', 'view', 'worker', 'queue'].includes(command.name());

const common = {
  file: {
    type: 'string',
    description: 'The file that it writes into its folder, where it writes one',
  },
  each: {
    type: 'object',
    description: 'Variables, each with the values that it takes in turn; {name} stands for one',
    additionalProperties: { type: 'array', minItems: 1, items: { type: ['string', 'number'] } },
  },
  needs: {
    type: 'array',
    items: { type: 'string' },
    description: 'Stages that it needs beside those whose folders it names',
  },
};

const stageSchema = (command: Command): object => ({
  type: 'object',
  title: `nads ${command.name()}`,
  description: command.description(),
  required: ['run'],
  additionalProperties: false,
  properties: {
    run: { const: command.name() },
    arguments: {
      type: 'array',
      items: { type: 'string' },
      description: command.registeredArguments.map(describe).join('; '),
    },
    options: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        command.options
          .filter(({ long }) => long && !implied.has(long))
          .map(option => [option.long!.slice(2), optionSchema(option)]),
      ),
    },
    ...common,
  },
});

const describe = (argument: Argument): string => `${argument.name()}: ${argument.description}`;

const optionSchema = ({ required, optional, argChoices, description }: Option): object => ({
  ...(argChoices
    ? { enum: argChoices }
    : { type: required || optional ? ['string', 'number'] : 'boolean' }),
  description,
});

const scriptSchema = {
  type: 'object',
  title: 'a script',
  required: ['script'],
  additionalProperties: false,
  properties: {
    script: {
      type: 'string',
      description: 'A file for Node, which is given the options, --out=FOLDER and the arguments',
    },
    arguments: { type: 'array', items: { type: 'string' } },
    options: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
    ...common,
  },
};
