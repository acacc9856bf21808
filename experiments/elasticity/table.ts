// Adjusted Rand indices of clusters by local elasticity, beside those of pixels and principal components: results.csv, and means over seeds.
// As a stage: table.ts --out=FOLDER RESULTS…, folders named elasticity-PAIR-NETWORK-SEED
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { csv, elasticitySchema } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { grouped, meanOf } from '../lib/mean.ts';
import { givenToStage } from '../lib/stage.ts';

const methods = ['kernel', 'relative', 'pixels', 'components'] as const;
const columns = [...methods, 'within', 'between'] as const;

const { out, words } = givenToStage();
const networks = words.map(folder => {
  const [, pair, network, seed] = /^elasticity-(.+)-(relu|linear)-(\d+)$/.exec(basename(folder))!;
  const text = readFileSync(join(folder, 'elasticity.json'), 'utf8');
  const { clusters, relative } = elasticitySchema.parse(JSON.parse(text));
  const found = methods.map(method => clusters[method].rand.mean!);
  return { pair, network, seed, values: [...found, relative.within.mean!, relative.between.mean!] };
});
const rows = networks.map(({ pair, network, seed, values }) => [pair, network, seed, ...values]);
writeWhole(join(out, 'results.csv'), csv(['pair', 'network', 'seed', ...columns], rows));
for (const same of grouped(networks, ({ pair, network }) => `${pair} ${network}`)) {
  const shown = columns.map((column, i) => {
    const { mean, error } = meanOf(same.map(({ values }) => values[i]));
    return `${column} ${mean.toFixed(3)} ± ${error.toFixed(3)}`;
  });
  console.log(`${same[0].pair} ${same[0].network}: ${shown.join(', ')}`);
}
