import { classCount, subset, type LabelledImages } from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import { chosenImages } from '../trained/chosen-images.js';
import type { AllElasticitySettings } from './elasticity-settings.js';

/** Images, those of a class next to each other. */
export interface ElasticSet {
  readonly images: LabelledImages;
  readonly labels: Int32Array;
  /** Which of them are clustered, in order. */
  readonly clustered: readonly number[];
}

/**
 * Chooses images of the wanted classes and orders them by class.
 * @throws OptionError where there are no labels, no image of a class, or fewer than two images to cluster.
 */
export function elasticSet(all: LabelledImages, settings: AllElasticitySettings): ElasticSet {
  const { data, images: count, sample, classes, primary, clusters } = settings;
  if (!all.labels) throw new OptionError('data', `${data} has no labels, which elasticity needs`);
  requireClasses(all, { classes, primary }, data);
  const some = classes ? subset(all, placesOf(all.labels, classes)) : all;
  const chosen = chosenImages(some, count, sample);
  const order = [...chosen.labels!.keys()].toSorted(
    (a, b) => chosen.labels![a] - chosen.labels![b] || a - b,
  );
  const images = subset(chosen, order);
  const labels = images.labels!;
  const clustered = primary ? placesOf(labels, primary) : [...labels.keys()];
  if (clustered.length < 2)
    throw new OptionError('images', `${clustered.length} image(s) to cluster; give at least 2`);
  if (clusters !== undefined && clusters > clustered.length)
    throw new OptionError(
      'clusters',
      `${clustered.length} images cannot be in ${clusters} clusters`,
    );
  return { images, labels, clustered };
}

function requireClasses(
  { labels, ...rest }: LabelledImages,
  wanted: Readonly<Record<string, readonly number[] | undefined>>,
  data: string,
): void {
  const there = new Set(labels);
  const count = classCount({ labels, ...rest });
  for (const [option, classes] of Object.entries(wanted)) {
    const missing = classes?.find(one => !there.has(one));
    if (missing !== undefined)
      throw new OptionError(
        option,
        `${data} has no image of class ${missing} of 0 to ${count - 1}`,
      );
  }
}

const placesOf = (labels: Int32Array, classes: readonly number[]): number[] =>
  [...labels.keys()].filter(i => classes.includes(labels[i]));

/**
 * Targets of an image by its class: a 1 among zeros, or for one output whether its class is a primary one.
 * @throws OptionError where labels are no targets of a network of so many outputs.
 */
export function targetsOf(
  { labels }: Pick<ElasticSet, 'labels'>,
  outputs: number,
  { primary, data }: AllElasticitySettings,
): (i: number) => readonly number[] {
  if (outputs === 1 && primary) return i => [Number(primary.includes(labels[i]))];
  const most = outputs === 1 ? 1 : outputs - 1;
  const wrong = labels.find(label => label > most);
  if (wrong !== undefined) {
    const found = `${data} has an image of class ${wrong}`;
    throw outputs === 1
      ? new OptionError(
          'primary',
          `${found}, but one output has targets 0 and 1; give the classes whose target is 1`,
        )
      : new OptionError(
          'classes',
          `${found}; the network has outputs for 0 to ${most}, give some of these`,
        );
  }
  if (outputs === 1) return i => [labels[i]];
  return i => Array.from({ length: outputs }, (_, k) => Number(k === labels[i]));
}
