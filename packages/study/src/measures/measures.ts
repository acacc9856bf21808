import type { LabelledImages } from '@nads/dataset';
import {
  fromRows,
  OptionError,
  multiplyTransposed,
  symmetricEigenvalues,
  transpose,
} from '@nads/linalg';
import {
  imageInput,
  numbersOf,
  prune,
  withGraph,
  writeModel,
  type Model,
  type Tensor,
} from '@nads/onnx';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import { asInput } from '../prune/prune-data.js';
import type { SourceModel } from '../source-model.js';
import {
  choosePreprocessing,
  preprocessingOfInput,
  type StatedPreprocessing,
} from '../trained/choose-preprocessing.js';
import { imageOptions, prepareImages } from '../trained/trained-model.js';

/** The image over which dynamic measures are computed. */
export interface MeasuresSettings {
  readonly preprocessing?: readonly StatedPreprocessing[];
  /** Number of the image in the set; 0 if not given. */
  readonly index?: number;
}

/** A learnt measure that is the same for all pixels, of one input channel or of all. */
export interface StaticMeasure {
  /** The layer, and the channel where each has its own, as in 'conv1.1' or 'conv1.1, channel 3'. */
  readonly title: string;
  readonly kind: 'diagonal' | 'unconstrained';
  /** k. */
  readonly kernel: number;
  /** d [k²] or M [k² × k²], row-major. */
  readonly values: readonly number[];
  /** Singular values of diag(d) or M, largest first. */
  readonly spectrum: readonly number[];
}

/** The diagonals of the measures of all pixels of an image. */
export interface DynamicMeasure {
  readonly title: string;
  readonly kernel: number;
  readonly height: number;
  readonly width: number;
  /** [k² × h·w] */
  readonly diagonals: Float32Array;
}

/** The learnt measures of a model of neural similarity. */
export interface Measures {
  readonly source: SourceModel;
  readonly fixed: readonly StaticMeasure[];
  /** None without an image. */
  readonly dynamic: readonly DynamicMeasure[];
  /** Layers with dynamic measures. */
  readonly dynamicLayers: readonly string[];
}

/**
 * The measures that a model of ours has learnt: static ones from its file, dynamic ones for an image.
 * @throws where the model has none; OptionError where the set has no such image
 */
export const measures = (
  source: SourceModel,
  images: LabelledImages | undefined,
  settings: MeasuresSettings,
  environment: Environment,
): Promise<Measures> =>
  about(source.name, async () => {
    const { measureOf, measureValues } = await import('@nads/train');
    const { model } = source;
    const fixed = [...model.graph.initializers].flatMap(([name, tensor]) => {
      const kind = measureOf(name);
      return kind ? staticMeasures(name.slice(0, name.lastIndexOf('.')), kind, tensor) : [];
    });
    const values = dynamicValues(model, measureValues);
    if (fixed.length === 0 && values.length === 0)
      throw new Error('it has no learnt measures; train one of the architectures nsl-…');
    const dynamic = images ? await overImage(source, values, images, settings, environment) : [];
    return { source, fixed, dynamic, dynamicLayers: values.map(({ layer }) => layer) };
  });

function staticMeasures(
  layer: string,
  kind: StaticMeasure['kind'],
  tensor: Tensor,
): StaticMeasure[] {
  const size = tensor.dims.at(-1)!;
  const all = numbersOf(tensor);
  const count = all.length / size ** 2;
  return Array.from({ length: count }, (_, channel) => {
    const values = all.slice(channel * size ** 2, (channel + 1) * size ** 2);
    return {
      title: count === 1 ? layer : `${layer}, channel ${channel}`,
      kind,
      kernel: kind === 'diagonal' ? size : Math.sqrt(size),
      values,
      spectrum: kind === 'diagonal' ? descending(values.map(Math.abs)) : singularValues(values),
    };
  });
}

const descending = (values: readonly number[]): number[] => values.toSorted((a, b) => b - a);

/** Of a square matrix, row-major. */
function singularValues(values: readonly number[]): number[] {
  const size = Math.sqrt(values.length);
  const rows = Array.from({ length: size }, (_, i) => values.slice(i * size, (i + 1) * size));
  const columns = transpose(fromRows(rows));
  const squares = symmetricEigenvalues(multiplyTransposed(columns, columns));
  return descending(Array.from(squares, square => Math.sqrt(Math.max(0, square))));
}

/** A value of the graph that holds measures of pixels. */
interface DynamicValue {
  readonly layer: string;
  readonly kind: StaticMeasure['kind'];
  readonly name: string;
}

function dynamicValues(
  { graph }: Model,
  names: typeof import('@nads/train').measureValues,
): DynamicValue[] {
  const kinds = ['diagonal', 'unconstrained'] as const;
  return graph.nodes.flatMap(({ outputs: [name] }) =>
    kinds.flatMap(kind => {
      const ending = names[kind]('');
      return name.endsWith(ending) ? [{ layer: name.slice(0, -ending.length), kind, name }] : [];
    }),
  );
}

async function overImage(
  { model }: SourceModel,
  values: readonly DynamicValue[],
  images: LabelledImages,
  { preprocessing: stated = [], index = 0 }: MeasuresSettings,
  { runtime }: Environment,
): Promise<DynamicMeasure[]> {
  if (index >= images.count)
    throw new OptionError(
      'index',
      `${index} is out of range; the set has images 0 to ${images.count - 1}`,
    );
  const image = imageInput(model, imageOptions(stated));
  const chosen = choosePreprocessing([...stated, preprocessingOfInput(image)]);
  const preprocessing = { ...chosen.preprocessing, layout: 'NCHW' as const };
  const pixels = prepareImages({ image, preprocessing }, [images.image(index)], () =>
    images.nameOf(index),
  );
  const outputs = values.map(({ name }) => ({ name }));
  const session = await runtime.createSession(writeModel(prune(withGraph(model, { outputs }))));
  try {
    const found = await session.run({ [image.name]: asInput(image, pixels) });
    return values.map(({ layer, kind, name }) => {
      const { dims, data } = found[name];
      const numbers = data as Float32Array;
      return kind === 'diagonal'
        ? ofDiagonal(layer, dims, numbers)
        : ofMatrices(layer, dims, numbers);
    });
  } finally {
    await session.release();
  }
}

const ofDiagonal = (
  title: string,
  [, places, height, width]: readonly number[],
  diagonals: Float32Array,
): DynamicMeasure => ({ title, kernel: Math.sqrt(places), height, width, diagonals });

/** 1 + the diagonals of M − I, [1, h, w, k², k²]. */
function ofMatrices(
  title: string,
  [, height, width, places]: readonly number[],
  data: Float32Array,
): DynamicMeasure {
  const pixels = height * width;
  const diagonals = Float32Array.from({ length: places * pixels }, (_, at) => {
    const [place, pixel] = [Math.floor(at / pixels), at % pixels];
    return 1 + data[(pixel * places + place) * places + place];
  });
  return { title, kernel: Math.sqrt(places), height, width, diagonals };
}
