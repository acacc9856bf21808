import { join } from 'node:path';
import { chart } from '@nads/report';
import {
  blockSeries,
  imageOf,
  marginAxes,
  margins,
  marginsSummary,
  writeMargins,
  type Margins,
  type MarginsSummary,
  type SourceModel,
} from '@nads/study';
import {
  FolderStore,
  loadModel,
  nodeEnvironment,
  openData,
  readBasis,
  readPreprocessing,
  writeWhole,
} from '@nads/study/node';
import { estimated } from './lib/nads-of.ts';
import { list, numbers, optionsOf, type Given } from './lib/options.ts';
import { training } from './lib/training.ts';

const about = `Distances to the decision boundaries of a trained model along the NADs of its architecture and along cosines of
increasing frequency, with the energy of its gradients there on the same images.`;

const options = {
  model: [undefined, 'an ONNX file'],
  data: [undefined, 'images, as for nads margin: cifar10:DIR'],
  mean: training.mean,
  std: training.std,
  images: ['32', 'images'],
  block: ['16', 'directions in a block'],
  blocks: ['', 'only these blocks, as in 0-63:4'],
  networks: ['8', 'fresh networks that the NADs are estimated from'],
  bases: ['nads,dct', 'which bases'],
  out: ['out/margins', 'folder for margins.svg and one folder per basis'],
} as const;

/** Margins along a basis. */
interface Found {
  readonly name: string;
  readonly blocks: MarginsSummary['blocks'];
}

/** Measures margins along each basis, and draws them side by side. */
export async function experiment(args: readonly string[]): Promise<number> {
  const given = optionsOf('margins', about, options, args);
  if (!given) return 0;
  const { out } = given;
  const source = loadModel(given.model);
  const own = join(out, 'nads');
  const bases = list(given.bases);
  if (bases.includes('nads'))
    await estimated(() => source, own, Number(given.networks), { seed: 0 });
  const found: Found[] = [];
  for (const name of bases) {
    const basis = name === 'nads' ? `nads:${own}` : name;
    const measured = await marginsAlong(source, basis, join(out, `margins-${name}`), given);
    found.push({ name, blocks: marginsSummary(measured).blocks });
  }
  writeWhole(join(out, 'margins.svg'), picture(found));
  console.log(`written to ${out}`);
  return 0;
}

async function marginsAlong(
  source: SourceModel,
  spec: string,
  folder: string,
  given: Given<typeof options>,
): Promise<Margins> {
  const { data, block, blocks, images, mean, std } = given;
  const options = {
    name: 'from the options',
    fields: { mean: numbers(mean), std: numbers(std) },
  };
  const beside = readPreprocessing(source.name);
  const preprocessing = beside ? [options, beside] : [options];
  const store = new FolderStore(folder);
  const found = await margins(
    source,
    openData(data),
    {
      data,
      preprocessing,
      basis: readBasis(spec, imageOf(source, preprocessing)),
      block: Number(block),
      ...(blocks !== '' && { blocks }),
      images: Number(images),
    },
    {
      ...nodeEnvironment(),
      store,
      onPlan: () => console.error(`margins along ${spec}`),
    },
  );
  await writeMargins(store, found);
  return found;
}

const titles: Readonly<Record<string, string>> = {
  nads: 'NADs of the architecture',
  dct: 'cosines',
  fourier: 'Fourier waves',
};

const picture = (found: readonly Found[]): string =>
  chart({
    title: 'L2 margins along blocks of a basis',
    ...marginAxes,
    series: found.map(({ name, blocks }) =>
      blockSeries(`${titles[name] ?? name}: median and quartiles`, blocks),
    ),
  });
