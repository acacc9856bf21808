import type { ResultFile } from '../study/messages.js';

/** Where the models that come with nads lie, by file name. */
const shipped: ReadonlyMap<string, string> = new Map(
  Object.entries(
    import.meta.glob<string>('../../../../models/*.onnx', {
      query: '?url',
      import: 'default',
      eager: true,
    }),
  ).map(([path, url]) => [path.split('/').at(-1)!, url]),
);

/** File names of the models that come with nads. */
export const shippedModels: readonly string[] = [...shipped.keys()];

/** A model that comes with nads; undefined where there is none of the name. */
export async function shippedModel(name: string): Promise<ResultFile | undefined> {
  const url = shipped.get(name);
  if (url === undefined) return undefined;
  const answer = await fetch(url);
  return { name, contents: new Uint8Array(await answer.arrayBuffer()) };
}
