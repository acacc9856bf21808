import { join } from 'node:path';
import { besideCharts, chart, type Series } from '@nads/report';
import { csv, type SweepEntry } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { meanOf, show, type Mean } from './mean.ts';
import { numbers, type Given } from './options.ts';
import { imageOf, nadsFolder } from './places.ts';
import { swept } from './swept.ts';

/** How networks learn along NADs: options and their defaults. */
export const alongOptions = {
  indices: ['0,10,100,300', 'NADs to train along: of the network itself, and of the first one'],
  'direction-images': ['2000', 'images of D(v) to train with, and as many to test with'],
  'direction-epochs': ['8', 'passes over these'],
  'direction-rate': ['0.5', "SGD's initial learning rate there, falling linearly to 0"],
} as const;

/** Such options, and those of the whole experiment. */
type Options = Given<typeof alongOptions> &
  Readonly<Record<'data' | 'out' | 'seeds' | 'workers', string>>;

/** How well networks of an architecture learn along NADs of one. */
interface LearntAlong {
  readonly name: string;
  readonly nadsOf: string;
  readonly entries: readonly SweepEntry[];
}

/** Trains each architecture along NADs of its own and of the first one; writes along.csv and along.svg, and prints means. */
export async function compareAlong(names: readonly string[], given: Options): Promise<void> {
  const { out } = given;
  const results: LearntAlong[] = [];
  for (const name of names)
    for (const nadsOf of new Set([name, names[0]]))
      results.push({ name, nadsOf, entries: await learntAlong(name, nadsOf, given) });
  const rows = results.flatMap(({ name, nadsOf, entries }) =>
    entries.map(({ index, seed, testAccuracy }) => [name, nadsOf, index, seed, testAccuracy]),
  );
  const head = ['architecture', 'nads_of', 'index', 'seed', 'test_accuracy'];
  writeWhole(join(out, 'along.csv'), csv(head, rows));
  writeWhole(join(out, 'along.svg'), alongPicture(results, names[0]));
  console.log('test accuracy on D(v), mean and standard error');
  for (const { name, nadsOf, entries } of results)
    for (const { index, ...mean } of meansByIndex(entries))
      console.log(`  ${name} along NAD ${index} of ${nadsOf}: ${show(mean)} %`);
}

function learntAlong(name: string, nadsOf: string, given: Options): Promise<SweepEntry[]> {
  const { data, indices, out, seeds, workers } = given;
  const images = Number(given['direction-images']);
  const settings = {
    sigma: 1,
    epsilon: 2,
    train: images,
    test: images,
    epochs: Number(given['direction-epochs']),
    batch: 64,
    rate: Number(given['direction-rate']),
    seeds: numbers(seeds),
  };
  const along = { spec: `nads:${nadsFolder(out, nadsOf)}`, image: imageOf(data), indices };
  return swept(name, along, settings, join(out, `along-${name}-${nadsOf}`), Number(workers));
}

/** Of test accuracies over seeds, in percent. */
const meansByIndex = (entries: readonly SweepEntry[]): (Mean & { readonly index: number })[] =>
  [...new Set(entries.map(({ index }) => index))].map(index => {
    const same = entries.filter(entry => entry.index === index);
    return { index, ...meanOf(same.map(({ testAccuracy }) => 100 * testAccuracy)) };
  });

function alongPicture(results: readonly LearntAlong[], plain: string): string {
  const drawn = (title: string, shown: readonly LearntAlong[]): string =>
    chart({
      title,
      width: 540,
      x: { title: 'index of the NAD' },
      y: { title: 'test accuracy on D(v), %', domain: [40, 100] },
      series: shown.map(({ name, entries }): Series => {
        const means = meansByIndex(entries);
        return {
          label: name,
          x: means.map(({ index }) => index),
          y: means.map(({ mean }) => mean),
          errors: means.map(({ error }) => error),
        };
      }),
    });
  const own = results.filter(({ name, nadsOf }) => name === nadsOf);
  const others = results.filter(({ nadsOf }) => nadsOf === plain);
  return besideCharts(
    [drawn('Along NADs of their own', own), drawn(`Along NADs of ${plain}`, others)],
    540,
  );
}
