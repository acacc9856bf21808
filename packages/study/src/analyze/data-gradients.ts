import { pixelsOf } from '@nads/basis';
import { className, type LabelledImages } from '@nads/dataset';
import {
  gradientCovariance,
  imageEnergy,
  largestOutputs,
  outputGradients,
  predictions,
  type GradientCovariance,
  type Products,
} from '@nads/probe';
import type { Watched } from '@nads/runtime';
import { prepareImages, type TrainedModel } from '../trained/trained-model.js';

/** The gradients of one class's logit at its images. */
export interface ClassGradients {
  readonly name: string;
  readonly covariance: GradientCovariance;
  /** How many of these images the model classifies correctly; undefined without labels. */
  correct?: number;
}

/** Statistics of the gradients of some images. */
export interface DataGradients {
  readonly images: number;
  /** Images that the model classifies correctly; undefined without labels. */
  readonly correct?: number;
  readonly overall: GradientCovariance;
  /** By the class whose logit it is; classes without images are left out. */
  readonly classes: readonly ClassGradients[];
  /** Of each channel alone; none where there is only one. */
  readonly channels: readonly GradientCovariance[];
  /** Mean Fourier energy of a gradient, summed over channels: [H·W]. */
  readonly energy: Float64Array;
}

interface Settings extends Watched {
  /** Whose logit. */
  readonly which: 'true' | 'predicted';
  readonly products: Products;
}

/** Gradients at all images of a set, or at those that were done when the signal was aborted. */
export async function gradientsOfData(
  trained: TrainedModel,
  set: LabelledImages,
  { which, products, signal, onProgress }: Settings,
): Promise<DataGradients> {
  const sums = new Sums(trained, set, products);
  const size = trained.runner.model.batch;
  for (let first = 0; first < set.count && !signal?.aborted; first += size) {
    await addBatch(trained, set, which, first, Math.min(size, set.count - first), sums);
    onProgress?.({ unit: 'images', done: sums.images, total: set.count });
  }
  return sums.result();
}

async function addBatch(
  trained: TrainedModel,
  set: LabelledImages,
  which: Settings['which'],
  first: number,
  count: number,
  sums: Sums,
): Promise<void> {
  const { runner, image } = trained;
  const pictures = Array.from({ length: count }, (_, i) => set.image(first + i));
  const nameOf = (i: number): string => set.nameOf(first + i);
  const x = prepareImages(trained, pictures, nameOf);
  const labels = set.labels?.subarray(first, first + count);
  const isLabel = which === 'true' && labels;
  const chosen = isLabel ? labels : await predictions(runner, x, count, nameOf);
  const { outputs, gradients } = await outputGradients(runner, x, chosen, nameOf);
  const predicted = largestOutputs(outputs, runner.outputs);
  const pixels = pixelsOf(image);
  for (let i = 0; i < count; i++)
    await sums.add(
      gradients.subarray(i * pixels, (i + 1) * pixels),
      chosen[i],
      labels && { label: labels[i], isCorrect: predicted[i] === labels[i] },
    );
}

class Sums {
  images = 0;
  private correct = 0;
  private readonly trained: TrainedModel;
  private readonly set: LabelledImages;
  private readonly overall: GradientCovariance;
  private readonly channels: readonly GradientCovariance[];
  private readonly classes = new Map<number, ClassGradients>();
  private readonly energy: Float64Array;
  private readonly products: Products;

  constructor(trained: TrainedModel, set: LabelledImages, products: Products) {
    const { channels, height, width } = trained.image;
    this.trained = trained;
    this.set = set;
    this.products = products;
    this.overall = gradientCovariance(set.count, pixelsOf(trained.image), products);
    this.channels = Array.from({ length: channels > 1 ? channels : 0 }, () =>
      gradientCovariance(set.count, height * width, products),
    );
    this.energy = new Float64Array(height * width);
  }

  async add(
    gradient: Float32Array,
    of: number,
    known?: { readonly label: number; readonly isCorrect: boolean },
  ): Promise<void> {
    const area = this.energy.length;
    this.images++;
    await this.overall.add(gradient);
    await this.classOf(of).covariance.add(gradient);
    for (const [c, covariance] of this.channels.entries())
      await covariance.add(gradient.subarray(c * area, (c + 1) * area));
    imageEnergy(gradient, this.trained.image).forEach((x, i) => (this.energy[i] += x));
    if (!known?.isCorrect) return;
    this.correct++;
    this.classOf(known.label).correct! += 1;
  }

  result(): DataGradients {
    return {
      images: this.images,
      correct: this.set.labels && this.correct,
      overall: this.overall,
      classes: [...this.classes]
        .toSorted(([a], [b]) => a - b)
        .map(([, found]) => found)
        .filter(({ covariance }) => covariance.count > 0),
      channels: this.channels,
      energy: this.energy.map(x => x / this.images),
    };
  }

  private classOf(label: number): ClassGradients {
    const { labels } = this.set;
    const found = this.classes.get(label) ?? {
      name: className(this.set, label),
      covariance: gradientCovariance(
        this.countOf(label),
        pixelsOf(this.trained.image),
        this.products,
      ),
      correct: labels && 0,
    };
    this.classes.set(label, found);
    return found;
  }

  /** Images of a class where labels tell; the few of a predicted class are kept as they are. */
  private countOf(label: number): number {
    return this.set.labels?.filter(other => other === label).length ?? 0;
  }
}
