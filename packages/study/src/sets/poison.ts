import { direction, pixelsOf, type Basis } from '@nads/basis';
import {
  classPlaces,
  poison as poisonImages,
  type Carrier,
  type CarrierPlace,
} from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import { carrierChoice, encodeCarriers, type CarrierChoice } from './carriers-codec.js';
import type { Change } from './change-record.js';
import { writeChangedSet, type SetEnvironment } from './changed-set.js';
import { requireBasis, type PixelSet } from './pixel-set.js';

/** What carries the classes. */
export interface PoisonSettings {
  /** The first direction that carries a class. */
  readonly index?: number;
  /** Magnitude of the coefficients; 0.05 if not given. */
  readonly epsilon?: number;
  /** What carries each class, instead of `index`. */
  readonly carriers?: readonly CarrierPlace[];
}

/** A poisoned set that has been written. */
export interface Poisoned {
  /** What carries each class. */
  readonly carriers: readonly CarrierPlace[];
  readonly change: Change;
}

/** Default magnitude of the coefficients (Ortiz-Jiménez et al. 2020, section 5). */
const usualEpsilon = 0.05;

/** Smaller ones are lost where pixels from 0 to 1 are rounded to single precision. */
const leastEpsilon = 1e-6;

/**
 * Writes a set in which one coefficient identifies the class (Ortiz-Jiménez et al. 2020, section 5): poisoned.npz,
 * poisoned.png and carriers.csv. The file of images has float32 images [n, C, H, W] from 0 to 1 and a little beyond, and
 * labels.
 * @throws OptionError where there are too few directions, `epsilon` is lost in rounding, or not exactly one of `index` and `carriers` is given; where the
 * set has no labels
 */
export async function poison(
  set: PixelSet,
  basis: Basis,
  settings: PoisonSettings,
  environment: SetEnvironment,
): Promise<Poisoned> {
  requireBasis(set, basis);
  if (!set.images.labels) throw new Error(`${set.name}: has no labels, which poisoning needs`);
  const choice = carrierChoice(set, basis);
  const places = placesOf(settings, choice, basis);
  const carriers = places.map((place): Carrier => ({
    vector: direction(basis, place.direction),
    first: place.channel * pixelsOf(basis.shape),
    coefficient: place.coefficient,
  }));
  const change = await writeChangedSet(
    'poisoned',
    set,
    ({ images, labels }) => poisonImages(images, labels!, carriers),
    environment,
    [['carriers.csv', encodeCarriers(places, choice.names)]],
  );
  return { carriers: places, change };
}

function placesOf(
  { index, carriers, epsilon = usualEpsilon }: PoisonSettings,
  { names, channels, directions }: CarrierChoice,
  basis: Basis,
): readonly CarrierPlace[] {
  if ((index === undefined) === (carriers === undefined))
    throw new Error('give either `index` or `carriers` to say which directions carry the classes');
  if (carriers) return carriers;
  if (epsilon < leastEpsilon)
    throw new OptionError(
      'epsilon',
      `${epsilon} is lost in rounding to single precision; give at least ${leastEpsilon}`,
    );
  const needed = Math.ceil(names.length / (2 * channels));
  if (index! + needed > directions)
    throw new OptionError(
      'index',
      `${names.length} classes take ${needed} direction(s) from ${index} on, ${basis.name} has ${directions}`,
    );
  return classPlaces({ classes: names.length, channels, first: index!, epsilon });
}
