import { float32, type Session } from '@nads/runtime';
import type { Minibatch } from './batch-derivatives.js';
import { oneHot } from './cross-entropy.js';
import type { Filters } from './filters.js';
import type { GateModel } from './gate-model.js';
import type { Unit } from './unit.js';

/** What a row of second derivatives is summed over. */
export type RowOver = 'network' | 'layer';

/** Σⱼ Hᵢⱼ over all gates, or those of the same layer; summed over the filters i of each unit. */
export async function rowSums(
  { session, model, classes }: { session: Session; model: GateModel; classes: number },
  filters: readonly Filters[],
  units: readonly Unit[],
  { images, labels }: Minibatch,
  over: RowOver,
): Promise<Float64Array> {
  const product = async (isOn: (list: number) => boolean): Promise<readonly Float32Array[]> => {
    const vectors = (names: readonly string[], numberOf: (list: number) => number) =>
      Object.fromEntries(
        filters.map(({ size }, i) => {
          const numbers = new Float32Array(size).fill(numberOf(i));
          return [names[i], float32(numbers, [size])] as const;
        }),
      );
    const found = await session.run({
      [model.images]: images,
      [model.targets]: float32(oneHot(labels, classes), [labels.length, classes]),
      ...vectors(model.gates, () => 1),
      ...vectors(model.along, list => (isOn(list) ? 1 : 0)),
    });
    return model.products.map(name => found[name].data as Float32Array);
  };
  const lists: Float32Array[] = [];
  if (over === 'network') lists.push(...(await product(() => true)));
  else for (const i of filters.keys()) lists.push((await product(list => list === i))[i]);
  return Float64Array.from(units, ({ members }) =>
    members.reduce((sum, { list, place }) => sum + lists[list][place], 0),
  );
}
