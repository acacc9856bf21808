// NADs of an architecture of `nads train --list`, drawn as this architecture is; a result folder as `nads estimate` writes it.
// As a stage: architecture-nads.ts --architecture=NAME --shape=CxHxW --outputs=N --networks=N --seed=N --out=FOLDER
import { estimate, estimateFiles, freshModel } from '@nads/study';
import { FolderStore, nodeEnvironment, threadPool } from '@nads/study/node';
import { architectureOf } from '@nads/train';
import { givenToStage } from './stage.ts';

const { option, out } = givenToStage('architecture', 'shape', 'outputs', 'networks', 'seed');
const [channels, height, width] = option('shape').split('x').map(Number);
const { name, init } = architectureOf(option('architecture'));
const model = await freshModel(name, {
  channels,
  height,
  width,
  classes: Number(option('outputs')),
});
const settings = { networks: Number(option('networks')), seed: Number(option('seed')), init };
const pool = threadPool(undefined, 'contributions');
try {
  const store = new FolderStore(out);
  await store.write(estimateFiles(await estimate(model, settings, { ...nodeEnvironment(), pool })));
} finally {
  await pool.close();
}
