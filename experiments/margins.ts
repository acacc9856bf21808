import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart } from '@nads/report';
import { nads, table } from './lib/nads.mjs';
import { list, optionsOf } from './lib/options.mjs';
import { training } from './lib/training.mjs';

const about = `How far the decision boundaries of a trained model are along the NADs of its architecture and along cosines of
rising frequency, beside the energy that gradients at the same images have there.`;

const options = {
  model: [undefined, 'an ONNX file'],
  data: [undefined, 'images, as nads margin takes them: cifar10:DIR'],
  mean: training.mean,
  std: training.std,
  images: ['32', 'images'],
  block: ['16', 'directions in a block'],
  blocks: ['', 'only these blocks, as in 0-63:4'],
  networks: ['8', 'fresh networks that the NADs are estimated from'],
  bases: ['nads,dct', 'which bases'],
  out: ['out/margins', 'folder for a folder for each basis and margins.svg'],
};

export async function experiment(args) {
  const given = optionsOf('margins', about, options, args);
  if (!given) return 0;
  const { out, model } = given;
  const own = join(out, 'nads');
  const bases = list(given.bases);
  if (bases.includes('nads') && !existsSync(join(own, 'nads.npz')))
    await nads(['estimate', model, '--networks', given.networks, '--out', own]);
  const found = [];
  for (const name of bases) {
    const folder = join(out, `margins-${name}`);
    await nads([
      'margin',
      model,
      '--data',
      given.data,
      '--mean',
      given.mean,
      '--std',
      given.std,
      '--basis',
      name === 'nads' ? `nads:${own}` : name,
      '--block',
      given.block,
      ...(given.blocks ? ['--blocks', given.blocks] : []),
      '--images',
      given.images,
      '--out',
      folder,
    ]);
    found.push({ name, rows: table(join(folder, 'blocks.csv')) });
  }
  writeFileSync(join(out, 'margins.svg'), picture(found));
  console.log(`written to ${out}`);
  return 0;
}

function picture(found) {
  const titles = { nads: 'NADs of the architecture', dct: 'cosines', fourier: 'Fourier waves' };
  return chart({
    title: 'Margins along blocks of a basis',
    x: { title: 'directions of the block' },
    y: { title: 'smallest perturbation, pixels from 0 to 1', scale: 'log' },
    series: found.map(({ name, rows }) => {
      const column = key => rows.map(row => Number(row[key]));
      return {
        label: `${titles[name] ?? name}: median and quartiles`,
        x: rows.map(({ first, last }) => (Number(first) + Number(last)) / 2),
        y: column('median'),
        band: { low: column('q25'), high: column('q75') },
      };
    }),
  });
}
