import { batches, separableImages, type LabelledImages } from '@nads/dataset';
import { Random } from '@nads/linalg';
import type { Sizes, TrainingSet } from '@nads/train';
import { chosenIndices } from '../directions/chosen-indices.js';
import { sweepBasis } from '../directions/sweep-directions.js';
import { describeData, openData } from '../images/open-data.js';
import { choosePreprocessing, type PreprocessingFlags } from '../images/preprocessing-options.js';

/** Where images come from. */
export interface SetOptions extends PreprocessingFlags {
  readonly direction?: string;
  readonly data?: string;
  readonly testData?: string;
  readonly sigma: number;
  readonly epsilon: number;
  readonly train: number;
  readonly test: number;
  readonly channels?: number;
  readonly seed: number;
}

/** Images to train and to test with. */
export interface Sets {
  readonly sizes: Sizes;
  readonly train: TrainingSet;
  readonly test?: TrainingSet;
  /** What they are, in lines. */
  readonly description: string;
}

/** @throws one line that names the option, the file or the image. */
export function openSets(options: SetOptions): Sets {
  const { direction, data } = options;
  if (direction !== undefined && data === undefined) return alongDirection(direction, options);
  if (data !== undefined && direction === undefined) return ofData(data, options);
  throw new Error('give either --direction or --data: what is there to learn?');
}

function alongDirection(spec: string, options: SetOptions): Sets {
  const { sigma, epsilon, channels = 1, size: [height, width] = [32, 32] } = options;
  const at = spec.lastIndexOf('@');
  if (at < 0)
    throw new Error(`--direction: '${spec}' names no direction of the basis; as in fourier:16@9:7`);
  const basis = sweepBasis(spec.slice(0, at), { channels, height, width }, 0);
  const [index, ...more] = chosenIndices(spec.slice(at + 1), basis, '--direction');
  if (more.length > 0) throw new Error(`--direction: '${spec}' names several directions`);
  const { vector } = basis.direction(index);
  const dims = [channels, height, width] as const;
  const random = new Random(options.seed);
  const draw = (name: 'train' | 'test'): TrainingSet => {
    const separable = { dims, direction: vector, sigma, epsilon, count: options[name] };
    return stacked(separableImages(separable, random.fork(name)));
  };
  return {
    sizes: { channels, height, width, classes: 2 },
    train: draw('train'),
    test: draw('test'),
    description:
      (basis.note ? `${basis.note}\n` : '') +
      `${options.train} images ${dims.join('×')} along ${spec}, sigma ${sigma}, epsilon ${epsilon}; ${options.test} others to test with`,
  };
}

/** Images as they are: [n × C·H·W]. */
function stacked(set: LabelledImages): TrainingSet {
  const pixels = set.image(0).data.length;
  const images = new Float32Array(set.count * pixels);
  for (let i = 0; i < set.count; i++) images.set(set.image(i).data, i * pixels);
  return { images, labels: Int32Array.from(set.labels!) };
}

function ofData(data: string, options: SetOptions): Sets {
  const train = labelled(data, options);
  const test = options.testData === undefined ? undefined : labelled(options.testData, options);
  const classes = train.classNames?.length ?? 1 + train.labels.reduce((a, b) => Math.max(a, b), 0);
  const strange = test?.labels.findIndex(label => label >= classes) ?? -1;
  if (strange >= 0)
    throw new Error(
      `${options.testData}: ${test!.nameOf(strange)} has label ${test!.labels[strange]}, ${data} has classes 0 to ${classes - 1}`,
    );
  const { preprocessing, description } = choosePreprocessing(data, {
    ...options,
    layout: 'NCHW',
  });
  const prepare = (set: Labelled): { shape: readonly number[]; set: TrainingSet } => {
    const parts = [...batches(set, preprocessing, 256)];
    const [first] = parts;
    const [, ...dims] = first.images.shape;
    const images = new Float32Array(set.count * dims.reduce((a, b) => a * b, 1));
    for (const { first: at, images: some } of parts)
      images.set(some.data, (at * images.length) / set.count);
    return { shape: dims, set: { images, labels: Int32Array.from(set.labels) } };
  };
  const whole = prepare(train);
  const [channels, height, width] = whole.shape;
  return {
    sizes: { channels, height, width, classes },
    train: whole.set,
    test: test && prepare(test).set,
    description: `${describeData(train)}\n${description}`,
  };
}

type Labelled = LabelledImages & { readonly labels: Int32Array };

function labelled(spec: string, options: SetOptions): Labelled {
  const set = openData(spec, options);
  if (!set.labels) throw new Error(`${spec}: has no labels, which training needs`);
  return set as Labelled;
}
