import { formatAddress, formatShape, type Address, type Basis } from '@nads/basis';
import {
  plainPreprocessing,
  separableImages,
  stackImages,
  type LabelledImages,
  type Preprocessing,
} from '@nads/dataset';
import { Random } from '@nads/linalg';
import type { Sizes, TrainingSet } from '@nads/train';
import { directionAlong, shapeAlong } from '../along.js';
import { describeData } from '../describe-data.js';
import { digestOfDirections } from '../digest-of-directions.js';
import type { Identity } from '../identity.js';
import type { ChosenPreprocessing } from '../trained/choose-preprocessing.js';
import { preprocessed } from './preprocessed.js';

/** Images to train and to test with, as a network takes them. */
export interface TrainingSets {
  readonly sizes: Sizes;
  readonly train: TrainingSet;
  readonly test?: TrainingSet;
  /** What they are, in lines. */
  readonly description: string;
  /** What tells them from others: a checkpoint belongs to its sets. */
  readonly identity: Identity;
}

/** Settings of two classes that one direction separates. */
export interface AlongSettings {
  /** Standard deviation of the noise across the direction; 3 if not given. */
  readonly sigma?: number;
  /** Distance of the classes along the direction; 1 if not given. */
  readonly epsilon?: number;
  /** Images to train with; 10,000 if not given. */
  readonly train?: number;
  /** Others to test with; 10,000 if not given. */
  readonly test?: number;
  /** Of the images; as many as the basis's directions have if not given. */
  readonly channels?: number;
  readonly seed?: number;
}

/**
 * Images x = (ε/2)·y·v + w along a direction v of a basis, that separates two classes (Ortiz-Jiménez et al. 2020, D(v)).
 * @throws OptionError where `channels` does not fit the basis
 */
export function setsAlong(
  basis: Basis,
  address: Address,
  settings: AlongSettings = {},
): TrainingSets {
  const { sigma = 3, epsilon = 1, train = 10_000, test = 10_000, channels, seed = 0 } = settings;
  const shape = shapeAlong(basis, channels);
  const vector = directionAlong(basis, address, shape);
  const dims = [shape.channels, shape.height, shape.width] as const;
  const random = new Random(seed);
  const draw = (name: string, count: number): TrainingSet => {
    const separable = { dims, direction: vector, sigma, epsilon, count };
    return inMemory(separableImages(separable, random.fork(name)));
  };
  const direction = `${basis.name}@${formatAddress(address)}`;
  const described = { direction, sigma, epsilon, train, test, image: dims.join('x') };
  return {
    sizes: { ...shape, classes: 2 },
    train: draw('train', train),
    test: draw('test', test),
    description: `${train} images ${formatShape(shape)} along ${direction}, sigma ${sigma}, epsilon ${epsilon}; ${test} others for testing`,
    identity: { ...described, ...digestOfDirections(basis, [address]), 'seed of images': seed },
  };
}

/** Images as they are: [n × C·H·W]. */
const inMemory = (set: LabelledImages): TrainingSet => ({
  images: stackImages(set).data as Float32Array,
  labels: Int32Array.from(set.labels!),
});

/** Images, and what messages and checkpoints call them. */
export interface NamedImages {
  readonly name: string;
  readonly images: LabelledImages;
}

/**
 * Labelled images, preprocessed.
 * @param test others to test with; none if not given
 * @throws one line that names the set or the image: without labels, with labels that are not trained on, of other sizes
 */
export function setsOf(
  train: NamedImages,
  test: NamedImages | undefined,
  { preprocessing, description }: ChosenPreprocessing,
): TrainingSets {
  const labels = labelsOf(train);
  const classes = train.images.classNames?.length ?? 1 + labels.reduce((a, b) => Math.max(a, b), 0);
  if (test) requireClasses(test, train.name, classes);
  const chosen: Preprocessing = { ...preprocessing, layout: 'NCHW' };
  const { dims, ...set } = preprocessed(train, chosen);
  const [channels, height, width] = dims;
  return {
    sizes: { channels, height, width, classes },
    train: set,
    test: test && preprocessed(test, chosen),
    description: `${describeData(train.images)}\n${description}`,
    identity: { data: train.name, ...identityOf(chosen) },
  };
}

/** @throws where images have none, naming them */
export function labelsOf({ name, images }: NamedImages): Int32Array {
  if (images.labels) return images.labels;
  throw new Error(`${name}: has no labels, which training needs`);
}

function requireClasses(test: NamedImages, trained: string, classes: number): void {
  const labels = labelsOf(test);
  const strange = labels.findIndex(label => label >= classes);
  if (strange < 0) return;
  throw new Error(
    `${test.name}: ${test.images.nameOf(strange)} has label ${labels[strange]}, ${trained} has classes 0 to ${classes - 1}`,
  );
}

/** The fields of a preprocessing that are not plain. */
export function identityOf(preprocessing: Partial<Preprocessing>): Identity {
  const plain: Partial<Preprocessing> = plainPreprocessing;
  const given = Object.entries(preprocessing).flatMap(([key, value]) => {
    const text = asText(value);
    return text === asText(plain[key as keyof Preprocessing]) ? [] : [[key, text] as const];
  });
  return Object.fromEntries(given);
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
