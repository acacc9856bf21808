import { addresses, type ImageShape } from '@nads/basis';
import { sweep, type SweepEntry, type SweepSettings } from '@nads/study';
import { FolderStore, nodeEnvironment, readBasis, threadPool } from '@nads/study/node';

/** Directions of a basis. */
export interface Along {
  /** As `readBasis` takes it. */
  readonly spec: string;
  readonly image: ImageShape;
  /** Which of them, as `nads sweep` takes them. */
  readonly indices: string;
}

/** What networks of an architecture learn along some directions, by index and seed; those that are in the folder are not trained again. */
export async function swept(
  architecture: string,
  { spec, image, indices }: Along,
  settings: SweepSettings,
  folder: string,
  workers?: number,
): Promise<SweepEntry[]> {
  const basis = readBasis(spec, image);
  if (basis.note) console.error(basis.note);
  const chosen = addresses(indices, basis, 'indices');
  const pool = threadPool(workers, 'networks-along');
  try {
    const { entries } = await sweep(architecture, basis, chosen, settings, {
      ...nodeEnvironment(),
      pool,
      store: new FolderStore(folder),
      onPlan: ({ networks, done }) =>
        console.error(`${architecture} along ${spec}: ${done} of ${networks} networks`),
      onProgress: ({ done, total }) => console.error(`${done}/${total}`),
    });
    const { seeds = [0] } = settings;
    return entries
      .filter(({ index, seed }) => seeds.includes(seed) && chosen.some(one => one.index === index))
      .toSorted((a, b) => a.index - b.index || a.seed - b.seed);
  } finally {
    await pool.close();
  }
}
