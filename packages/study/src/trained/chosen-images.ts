import { balancedSample, type LabelledImages } from '@nads/dataset';
import { Random } from '@nads/linalg';

/** The images of a study: at most `count`, as many of each class as possible, drawn with a seed. */
export const chosenImages = (images: LabelledImages, count: number, seed: number): LabelledImages =>
  balancedSample(images, count, new Random(seed).fork('images'));
