import { existsSync } from 'node:fs';
import type { SourceModel } from '@nads/study';
import { isThere, loadModel, ModelManifest } from '@nads/study/node';
import { caution } from '../terminal/say.js';

/** The models that are known by name. */
export const manifest = (): ModelManifest => new ModelManifest(modelsFolder());

/** A model by its file, or by the name of one that comes with nads; warns where it is not computed as the file has it. */
export function openModel(fileOrName: string): SourceModel {
  const source = isThere(fileOrName) ? loadModel(fileOrName) : manifest().open(fileOrName);
  if (source.widened)
    caution(
      `${source.name}: computed in float32 where the file has ${source.widened.join(' and ')}; so are files written from it`,
    );
  return source;
}

/** The folder `models` that lies beside one of those above the code. */
function modelsFolder(): URL {
  let above = new URL('.', import.meta.url);
  while (!existsSync(new URL('models/manifest.json', above))) {
    const next = new URL('..', above);
    if (next.href === above.href)
      throw new Error(
        'the folder with the models that come with nads is missing; install it again',
      );
    above = next;
  }
  return new URL('models/', above);
}
