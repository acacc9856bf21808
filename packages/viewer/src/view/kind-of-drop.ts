import type { ResultFile } from '../study/messages.js';
import type { Dropped } from './dropped-files.js';

/** What was dropped: a model and pictures among the files, and what is to be done with them. */
export interface KindOfDrop {
  /** A result is shown, a model estimated, pictures explained. */
  readonly kind: 'result' | 'model' | 'pictures';
  readonly model?: ResultFile;
  /** Not of a result, whose pictures are drawn again. */
  readonly pictures: readonly ResultFile[];
}

const isModel = ({ name }: ResultFile): boolean => /\.onnx$/i.test(name);
const isPicture = ({ name }: ResultFile): boolean => /\.(png|jpe?g)$/i.test(name);

/** Folders of results hold pictures too, and may hold a model: what else there is tells. */
export function kindOfDrop({ files }: Dropped): KindOfDrop {
  const model = files.find(isModel);
  if (!files.every(file => isModel(file) || isPicture(file)))
    return { kind: model && !hasResult(files) ? 'model' : 'result', model, pictures: [] };
  const pictures = files.filter(isPicture);
  return { kind: pictures.length > 0 ? 'pictures' : 'model', model, pictures };
}

const hasResult = (files: readonly ResultFile[]): boolean =>
  files.some(({ name }) => name === 'nads.npz' || name === 'run.json');
