import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  describePreprocessing,
  makePreprocessing,
  longestSide,
  parsePreprocessing,
  preprocessingFields,
  type Layout,
  type Preprocessing,
  type Resampling,
} from '@nads/dataset';
import type { ImageInput } from '@nads/onnx';
import { fraction, path, size } from '../commands/arguments.js';
import { explain } from '../messages/explain.js';

/** What the options of `addPreprocessingOptions` give. */
export interface PreprocessingFlags {
  readonly range?: Preprocessing['range'];
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly layout?: Layout;
  readonly size?: readonly [number, number];
  readonly resize?: Resampling;
  readonly crop?: number;
  readonly bgr?: true;
  /** A JSON file. */
  readonly preprocessing?: string;
}

/** A preprocessing, and in one line what it is and where its parts come from. */
export interface ChosenPreprocessing {
  readonly preprocessing: Preprocessing;
  readonly description: string;
}

/** Adds the options that say what a model wants done to images. */
export const addPreprocessingOptions = (command: Command): Command =>
  command
    .option(
      '--preprocessing <file>',
      `JSON of ${preprocessingFields.join(', ')}; otherwise <model>.json or preprocessing.json beside the model, if there`,
      path,
    )
    .addOption(
      new Option(
        '--range <range>',
        'what black and white become: 0-1 (bytes / 255, the default), 0-255, -1-1, or stored (values as they are)',
      ).argParser(range),
    )
    .option(
      '--mean <m,...>',
      "subtracted after that: one number, or one a channel in the model's order",
      numbers,
    )
    .option('--std <s,...>', 'divided by after that: one number, or one a channel', positives)
    .option('--bgr', 'the model takes blue, green, red')
    .addOption(new Option('--layout <order>', 'order of the image axes').choices(['NCHW', 'NHWC']))
    .option('--size <HxW>', 'size that images are brought to', sides)
    .addOption(
      new Option('--resize <how>', 'bilinear averages when it makes smaller, as PIL does').choices([
        'bilinear',
        'nearest',
      ]),
    )
    .option(
      '--crop <share>',
      'keep the proportions and cut out the middle, as 0.875 for 224 of 256; stretched otherwise',
      share,
    );

/**
 * What is done to images before a model takes them. Of what is said of the same field the options win,
 * then the JSON file, then what the model's input says.
 * @param model the model's file, beside which a JSON file is looked for
 * @throws if the JSON file cannot be read, or the parts contradict each other
 */
export function choosePreprocessing(
  model: string,
  flags: PreprocessingFlags,
  fromModel: Partial<Preprocessing> = {},
): ChosenPreprocessing {
  const file = flags.preprocessing ?? fileBeside(model);
  const sources: readonly Source[] = [
    { name: 'from the options', fields: fieldsOf(flags) },
    ...(file === undefined ? [] : [{ name: `from ${file}`, fields: fieldsIn(file) }]),
    { name: 'from the model', fields: fromModel },
  ];
  const merged = Object.fromEntries(
    sources.toReversed().flatMap(({ fields }) => given(fields).map(key => [key, fields[key]])),
  );
  const preprocessing = makePreprocessing(merged, 'preprocessing');
  return {
    preprocessing,
    description: `preprocessing: ${describePreprocessing(preprocessing)} (${origins(sources)})`,
  };
}

/** What a model's input says of its preprocessing: channels, size and layout. */
export const preprocessingOfInput = (
  image: Pick<ImageInput, 'channels' | 'height' | 'width' | 'layout'>,
): Partial<Preprocessing> => ({
  channels: image.channels === 1 || image.channels === 3 ? image.channels : undefined,
  size: [image.height, image.width],
  layout: image.layout,
});

interface Source {
  readonly name: string;
  readonly fields: Partial<Preprocessing>;
}

const given = (fields: Partial<Preprocessing>): readonly (keyof Preprocessing)[] =>
  preprocessingFields.filter(key => fields[key] !== undefined);

/** Which fields come from where, as far as no earlier source gives them; the rest is plain. */
function origins(sources: readonly Source[]): string {
  const parts = sources.map(({ name, fields }, i) => {
    const earlier = sources.slice(0, i).flatMap(source => given(source.fields));
    const keys = given(fields).filter(key => !earlier.includes(key));
    return keys.length > 0 ? `${keys.join(', ')} ${name}` : '';
  });
  const stated = sources.flatMap(({ fields }) => given(fields));
  const assumed = (['range', 'mean', 'std'] as const).filter(key => !stated.includes(key));
  if (assumed.length > 0) parts.push(`${assumed.join(', ')} assumed`);
  return parts.filter(part => part !== '').join('; ');
}

const fieldsOf = ({
  range,
  mean,
  std,
  layout,
  size,
  resize,
  crop,
  bgr,
}: PreprocessingFlags): Partial<Preprocessing> => ({
  range,
  mean,
  std,
  layout,
  size,
  resize,
  crop,
  order: bgr && 'BGR',
});

const fieldsIn = (file: string): Partial<Preprocessing> =>
  parsePreprocessing(
    explain(file, () => readFileSync(file, 'utf8')),
    file,
  );

function fileBeside(model: string): string | undefined {
  const stem = model.slice(0, model.length - extname(model).length);
  const general = join(dirname(model), 'preprocessing.json');
  return (
    [`${stem}.json`, `${model}.json`].find(isDescription) ??
    (existsSync(general) ? general : undefined)
  );
}

const longestDescription = 2 ** 16;

/** Whether a file that is named like the model describes preprocessing: other tools name theirs so too. */
function isDescription(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size > longestDescription) return false;
  const text = explain(file, () => readFileSync(file, 'utf8'));
  try {
    const value: unknown = JSON.parse(text);
    return preprocessingFields.some(key => Object.hasOwn(Object(value) as object, key));
  } catch {
    // Broken JSON was perhaps meant for us: reading it says so.
    return true;
  }
}

const ranges: Readonly<Record<string, Preprocessing['range']>> = {
  '0-1': [0, 1],
  '0-255': [0, 255],
  '-1-1': [-1, 1],
  stored: 'stored',
};

function range(text: string): Preprocessing['range'] {
  if (Object.hasOwn(ranges, text)) return ranges[text];
  throw new InvalidArgumentError(`Expected ${Object.keys(ranges).join(', ')}.`);
}

/** Numbers, as in '0.485,0.456,0.406'. */
function numbers(text: string): number[] {
  const values = text.split(',').map(part => (part.trim() === '' ? NaN : Number(part)));
  if (!values.every(Number.isFinite))
    throw new InvalidArgumentError('Expected numbers, as in 0.485,0.456,0.406.');
  return values;
}

function positives(text: string): number[] {
  const values = numbers(text);
  if (values.every(value => value > 0)) return values;
  throw new InvalidArgumentError('Expected numbers above 0, as in 0.229,0.224,0.225.');
}

/** Height and width that an image may have. */
function sides(text: string): readonly [number, number] {
  const found = size(text);
  if (Math.max(...found) <= longestSide) return found;
  throw new InvalidArgumentError(`Expected sides of at most ${longestSide}.`);
}

/** A number above 0 and up to 1. */
const share = (text: string): number => (Number(text) === 1 ? 1 : fraction(text));
