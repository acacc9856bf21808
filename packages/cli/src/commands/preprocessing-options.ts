import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Layout } from '@nads/basis';
import { preprocessingFields, type Preprocessing, type Resampling } from '@nads/dataset';
import { fraction, size } from './arguments.js';

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

/** Flags that say how images become a model's input; --layout and --size also say it of the model. */
export const preprocessingFlags = [
  '--preprocessing',
  '--range',
  '--mean',
  '--std',
  '--bgr',
  '--resize',
  '--crop',
] as const;

/** Adds the options that say what a model wants done to images. */
export const addPreprocessingOptions = (command: Command): Command =>
  command
    .option(
      '--preprocessing <file>',
      `JSON of ${preprocessingFields.join(', ')}; otherwise <model>.json or preprocessing.json beside the model, if it exists`,
    )
    .addOption(
      new Option(
        '--range <range>',
        'what black and white become: 0-1 (bytes / 255, the default), 0-255, -1-1, or stored (values as they are)',
      ).argParser(range),
    )
    .option(
      '--mean <m,...>',
      "subtracted after that: one number, or one for each channel in the model's order",
      numbers,
    )
    .option(
      '--std <s,...>',
      'divided by after that: one number, or one for each channel',
      positives,
    )
    .option('--bgr', 'the model takes channels in the order blue, green, red')
    .addOption(new Option('--layout <order>', 'order of the image axes').choices(['NCHW', 'NHWC']))
    .option('--size <HxW>', 'size that images are resized to', size)
    .addOption(
      new Option('--resize <how>', 'bilinear averages when downsampling, as PIL does').choices([
        'bilinear',
        'nearest',
      ]),
    )
    .option(
      '--crop <share>',
      'keep the aspect ratio and take a centre crop, as 0.875 for 224 of 256; otherwise images are stretched',
      share,
    );

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

/** A number above 0 and up to 1. */
const share = (text: string): number => (Number(text) === 1 ? 1 : fraction(text));
