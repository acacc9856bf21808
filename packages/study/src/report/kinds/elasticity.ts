import type { PageTable } from '@nads/report';
import {
  parseElasticitySummary,
  type ElasticitySummary,
} from '../../elasticity/elasticity-summary.js';
import { fileName } from '../../file-name.js';
import { modelFacts } from '../model-facts.js';
import type { ReadPart } from '../reported-part.js';
import { shown, withError } from '../shown.js';

/** Which images are alike to a network. */
export const reportedElasticity: ReadPart = async saved => {
  const file = saved.path('elasticity.json');
  const summary = parseElasticitySummary(file, await saved.text('elasticity.json'));
  const { model, settings, parameters, loss, relative, runtime } = summary;
  return {
    title: `Local elasticity of ${fileName(model.file)}`,
    facts: [
      ...modelFacts(model),
      ['images', `${settings.images} of ${settings.data}`],
      ['weights', settings.weights],
      ['parameters', String(parameters)],
      [`${settings.loss} loss`, estimate(loss)],
      ['mean relative similarity within classes', estimate(relative.within)],
      ['between classes', estimate(relative.between)],
      ['runtime', runtime],
    ],
    tables: [clusterTable(summary), ...stepTable(summary)],
  };
};

const estimate = ({ mean, standard_error: error }: ElasticitySummary['loss']): string =>
  withError(mean, error);

/** What is clustered, and how. */
const clustered: Readonly<Record<string, string>> = {
  kernel: 'similarity by the kernel, kernel k-means',
  relative: 'relative similarity, k-means of rows',
  pixels: 'pixels, k-means',
  components: 'principal components, k-means',
};

const clusterTable = ({ clusters, settings }: ElasticitySummary): PageTable => ({
  caption: `Agreement of ${settings.clusters} clusters with the classes`,
  head: ['clusters of', 'adjusted Rand index', 'share in matched clusters'],
  rows: Object.entries(clusters).map(([name, { rand, matched }]) => [
    clustered[name] ?? name,
    estimate(rand),
    estimate(matched),
  ]),
});

const stepTable = ({ steps }: ElasticitySummary): PageTable[] =>
  steps
    ? [
        {
          caption: `Real steps in ${steps.precision}: largest distance from the exact similarities, of their largest entries`,
          head: ['length η', 'by the kernel', 'relative'],
          rows: steps.lengths.map(({ eta, kernel, relative }) => [
            shown(eta),
            shown(kernel, 2),
            shown(relative, 2),
          ]),
        },
      ]
    : [];
