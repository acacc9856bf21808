import { addresses, parseBasis } from '@nads/basis';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import {
  analysisFiles,
  analyze,
  decompose,
  decomposeFiles,
  elasticity,
  elasticityFiles,
  estimate,
  estimateFiles,
  finetune,
  freshModel,
  margins,
  marginsFiles,
  measures,
  measuresFiles,
  MemoryStore,
  ntk,
  ntkFiles,
  pixelSet,
  poison,
  saliency,
  saliencyFiles,
  search,
  searchFiles,
  setsAlong,
  sweep,
  train,
  type NamedFile,
} from '../src/index.js';
import { images, linearModel, network, shape, vector } from './small-models.js';

const linear = linearModel([vector({ 0: 3 }), vector({ 1: 4 })]);
const classes = images(6, i => i % 2);
const set = pixelSet('pets', classes);
const dct = parseBasis('dct', shape);
const small = { channels: 1, height: 8, width: 8, classes: 3 };
const grey = images(1, () => 0);
const short = { sigma: 0.5, epsilon: 2, train: 64, test: 64, epochs: 2, batch: 32 };

async function holding(files: readonly NamedFile[]): Promise<MemoryStore> {
  const store = new MemoryStore('out');
  await store.write(files);
  return store;
}

/** What studies leave in their folders: small ones, by the names of commands. */
export const savedStudies: Readonly<Record<string, () => Promise<MemoryStore>>> = {
  estimate: async () =>
    holding(estimateFiles(await estimate(network(), { networks: 3 }, { runtime }))),
  analyze: async () =>
    holding(
      analysisFiles(
        await analyze(network(), classes, { top: 3, estimate: { networks: 2 } }, { runtime }),
      ),
    ),
  saliency: async () => holding(saliencyFiles(await saliency(linear, images(2), {}, { runtime }))),
  margin: async () =>
    holding(marginsFiles(await margins(linear, classes, { block: 4, blocks: '0,2' }, { runtime }))),
  ntk: async () => holding(ntkFiles(await ntk(linear, classes, {}, { runtime }))),
  elasticity: async () =>
    holding(elasticityFiles(await elasticity(linear, classes, { loss: 'squared' }, { runtime }))),
  measures: async () =>
    holding(
      measuresFiles(await measures(await freshModel('nsl-dynamic', small), grey, {}, { runtime })),
    ),
  'static measures': async () =>
    holding(
      measuresFiles(
        await measures(await freshModel('nsl-static', small), undefined, {}, { runtime }),
      ),
    ),
  decompose: async () => holding(decomposeFiles(await decompose(set, dct, { runtime }))),
  async finetune() {
    const store = new MemoryStore('out');
    const train = { name: 'pets', images: classes };
    const settings = { epochs: 2, batch: 2, validation: 0.5 };
    await finetune(network(), { train }, settings, { runtime, store });
    return store;
  },
  async train() {
    const store = new MemoryStore('out');
    const [address] = addresses('3', dct, 'direction');
    const { epochs, batch, ...few } = short;
    await train('logreg', setsAlong(dct, address, few), { epochs, batch }, { runtime, store });
    return store;
  },
  search: async () => {
    const accuracyOf = async (cell: string) => cell.split('nor_conv').length;
    const source = { accuracyOf, accuracy: 'test', identity: {} };
    return holding(searchFiles(await search(source, { method: 'rea', budget: 12 }, {})));
  },
  async sweep() {
    const store = new MemoryStore('out');
    const grid = parseBasis('fourier:4', { channels: 1, height: 8, width: 8 });
    await sweep('logreg', grid, addresses('2:2,0:1', grid, 'indices'), short, { runtime, store });
    return store;
  },
  async poison() {
    const store = new MemoryStore('out');
    await poison(set, dct, { index: 5 }, { store });
    return store;
  },
};
