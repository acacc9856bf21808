import type { SavedResult } from '../study/messages.js';

/** The file name of the model that a result says it is of; undefined where it says nothing that can be read. */
export function modelName({ files }: SavedResult): string | undefined {
  const contents = files.find(({ name }) => name === 'nads.json')?.contents;
  const text = typeof contents === 'string' ? contents : new TextDecoder().decode(contents);
  try {
    const { model } = JSON.parse(text) as { readonly model?: { readonly file?: unknown } };
    return typeof model?.file === 'string' ? model.file.replace(/^.*[/\\]/s, '') : undefined;
  } catch {
    return undefined; // who reads the result says what is wrong with it
  }
}
