import type {
  Architecture,
  FreeBatch,
  Head,
  ImageInput,
  Model,
  NoHead,
  Symmetry,
} from '@nads/onnx';
import { basisOf } from './basis-of.js';
import type { EstimateOptions } from './estimate-options.js';
import { freshArchitecture } from './fresh-architecture.js';
import { gradientWork } from './gradient-work.js';
import { imageBatch } from './image-batch.js';
import type { Locality } from './local/local-work.js';
import { planSettings } from './plan-settings.js';
import type { Plan } from './plan.js';
import { probedNetwork } from './probed-network.js';
import { secantWork } from './secant-work.js';
import { supportedModel } from './supported-model.js';
import { symmetryOf } from './symmetry-of.js';
import { treatedHead } from './treated-head.js';
import { workingBytes } from './working-bytes.js';

/** A plan, and how it came about. */
export interface Preparation {
  readonly plan: Plan;
  readonly image: ImageInput;
  readonly head: Head | NoHead;
  readonly batch: FreeBatch;
  readonly symmetries: readonly Symmetry[];
  /** Why symmetries of the graph are averaged over or not, where that does not follow from the graph alone. */
  readonly symmetryNote?: string;
  readonly architecture: Architecture;
  /** Multiply–accumulates of one image, for gradients forward and back. */
  readonly macsPerImage: number;
  /** What is saved by running networks on boxes of their maps; undefined where they are run on whole images. */
  readonly locality?: Locality;
  /** Why they are not, where the graph alone does not say. */
  readonly localityNote?: string;
  /** Images that one network is run on, for gradients forward and back. */
  readonly imagesPerNetwork: number;
  /** Bytes that work on one network takes beside its weights and boxes, about. */
  readonly workingBytes: number;
  /** Directions of the basis. */
  readonly directions: number;
}

/**
 * Plans an estimate of the NADs of a model's architecture.
 * @throws where the model cannot be analysed, saying which node is in the way and what to do; OptionError for
 * options that do not fit the model.
 */
export function prepare(original: Model, options: EstimateOptions = {}): Preparation {
  const model = supportedModel(original);
  const images = imageBatch(model, options);
  const fresh = freshArchitecture(images, options.init);
  const { head, treatment } = treatedHead(fresh, options);
  const network = probedNetwork(fresh, { head, treatment }, images);
  const symmetry = symmetryOf(network, treatment, options);
  const settings = planSettings(network, treatment, symmetry, options);
  const basis = basisOf(settings);
  const work =
    settings.probe === 'gradient'
      ? gradientWork(network, treatment, options)
      : secantWork(network, settings, basis, options);
  return {
    plan: { ...settings, ...work.plan },
    image: images.image,
    head,
    batch: images.batch,
    symmetries: symmetry.symmetries,
    symmetryNote: symmetry.averaging.note,
    architecture: fresh.architecture,
    macsPerImage: work.macsPerImage,
    locality: work.locality,
    imagesPerNetwork: work.images * settings.points.length,
    workingBytes: workingBytes(network, settings, work.plan.batch, basis.size),
    directions: basis.size,
  };
}
