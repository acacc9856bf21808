import { decodeImage, parsePreprocessing, type LabelledImages } from '@nads/dataset';
import { webRuntime } from '@nads/runtime/web';
import {
  saliency,
  saliencyFiles,
  saliencyText,
  sourceModel,
  withOutput,
  type StatedPreprocessing,
} from '@nads/study';
import type {
  AskedSaliency,
  AskedSaliencySettings,
  Found,
  FromStudy,
  ResultFile,
} from './messages.js';
import { pictured } from './pictured.js';

/** Saliency maps of pictures by a model with its own weights. @throws where the model or a picture cannot be read */
export async function explained(
  { model, pictures, settings, output }: AskedSaliency,
  tell: (message: FromStudy) => void,
): Promise<Found> {
  const source = withOutput(sourceModel(model.name, model.contents as Uint8Array), output);
  const found = await saliency(
    source,
    labelled(pictures),
    { outputIndex: settings.outputIndex, preprocessing: [stated(settings)] },
    {
      runtime: webRuntime,
      onProgress: ({ unit, done, total }) => tell({ type: 'progress', unit, done, total }),
    },
  );
  const files = saliencyFiles(found).map(([name, contents]) => ({ name, contents }));
  const shown = await pictured({ name: model.name, files });
  return {
    ...shown,
    text: [
      ...saliencyText(found.pictures),
      `with the weights of ${model.name}; ${found.trained.description}`,
    ],
  };
}

function labelled(files: readonly ResultFile[]): LabelledImages {
  const images = files.map(({ name, contents }) => decodeImage(contents as Uint8Array, name));
  return { count: images.length, image: i => images[i], nameOf: i => files[i].name };
}

/** What the form says of preprocessing. @throws naming a field that is none */
function stated({ range, mean, std, order }: AskedSaliencySettings): StatedPreprocessing {
  const json = JSON.stringify({
    ...(range && { range: ranges[range] }),
    ...(mean && { mean: numbersIn(mean) }),
    ...(std && { std: numbersIn(std) }),
    ...(order && { order }),
  });
  return { name: 'from the page', fields: parsePreprocessing(json, 'settings of the picture') };
}

const ranges: Readonly<Record<string, unknown>> = { '0-255': [0, 255], '-1-1': [-1, 1] };

/** Numbers, and as text what is none. */
const numbersIn = (text: string): (number | string)[] =>
  text.split(',').map(part => {
    const number = part.trim() === '' ? NaN : Number(part);
    return Number.isFinite(number) ? number : part.trim();
  });
