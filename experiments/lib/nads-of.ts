import { estimate, estimateFiles, freshModel, type SourceModel } from '@nads/study';
import { FolderStore, nodeEnvironment, threadPool } from '@nads/study/node';

/** Images of one channel that the NADs here are of. */
const sizes = { channels: 1, height: 32, width: 32, classes: 2 };

/** A folder with the NADs of an architecture for one channel: the one that is given, or else `nads-ARCHITECTURE`. */
export async function nadsOf(
  architecture: string,
  out: string,
  { nads, networks }: Readonly<Record<'nads' | 'networks', string>>,
): Promise<string> {
  if (nads !== '') return nads;
  const folder = `${out}/nads-${architecture}`;
  await estimated(() => freshModel(architecture, sizes), folder, Number(networks));
  return folder;
}

/** Estimates NADs into a folder, unless they are there already. */
export async function estimated(
  model: () => SourceModel | Promise<SourceModel>,
  folder: string,
  networks: number,
  { seed = 1, init }: { readonly seed?: number; readonly init?: string } = {},
): Promise<void> {
  const store = new FolderStore(folder);
  if (await store.read('nads.npz')) return;
  console.error(`${folder}: NADs of ${networks} network(s)`);
  const pool = threadPool(undefined, 'contributions');
  try {
    const environment = { ...nodeEnvironment(), pool, store };
    const found = await estimate(await model(), { networks, seed, init }, environment);
    await store.write(estimateFiles(found));
  } finally {
    await pool.close();
  }
}
