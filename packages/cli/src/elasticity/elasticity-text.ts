import {
  describeData,
  shortNumber,
  type Elasticity,
  type ElasticityPlan,
  type ElasticitySummary,
} from '@nads/study';

/** What it will take, in two lines. */
export function describePlan({
  set,
  description,
  parameters,
  outputs,
  isBatched,
  gradients,
}: ElasticityPlan): string {
  const rounds = gradients / (set.labels.length * outputs.length);
  const how = isBatched ? 'gradients of whole batches' : 'gradients of one image after the other';
  const again =
    rounds > 1
      ? ` (each is computed ${rounds.toFixed(1)} times on average; increase --memory to compute fewer)`
      : '';
  return (
    `${description}\n${describeData(set.images)}; ${outputs.length} output(s), ` +
    `${shortNumber(parameters).trimEnd()} parameters; ${gradients} gradients for the kernel of a network, ${how}${again}`
  );
}

type Estimate = ElasticitySummary['loss'];

/** What clusterings are called in the table. */
const names: Readonly<Record<string, string>> = {
  kernel: 'S_ker, kernel k-means',
  relative: 'S_rel, k-means of rows',
  pixels: 'pixels, k-means',
  components: 'principal components, k-means',
};

/** Clusters, how local the similarity is, and real steps, in a few lines. */
export function elasticityText(
  { source, settings, networks }: Elasticity,
  summary: ElasticitySummary,
): string {
  const { clusters, relative, loss, steps } = summary;
  const fresh = settings.weights === 'fresh' ? `, ${networks.length} fresh network(s)` : '';
  const rows = Object.entries(clusters).map(([name, { rand, matched }]) =>
    `${names[name].padEnd(30)} ${shown(rand, 3).padEnd(16)} ${shown(matched, 3)}`.trimEnd(),
  );
  const lines = [
    `${source.name} at ${summary.settings.images} images of ${settings.data}${fresh}, ${settings.loss} loss ${shown(loss, 4)}`,
    `${`${summary.settings.clusters} clusters`.padEnd(30)} ${'adjusted Rand'.padEnd(16)} share in matched clusters`,
    ...rows,
    `mean S_rel within classes ${shown(relative.within, 4)}, between ${shown(relative.between, 4)}`,
    ...stepLines(steps),
  ];
  return `${lines.join('\n')}\n`;
}

function stepLines(steps: ElasticitySummary['steps']): string[] {
  if (!steps) return [];
  const head = `real steps in ${steps.precision}, largest distance from the exact S_ker and S_rel, of their largest entries`;
  return [
    head,
    ...steps.lengths.map(
      ({ eta, kernel, relative }) =>
        `  η = ${eta}: ${kernel === undefined ? '' : `S_ker ${distance(kernel)}, `}S_rel ${distance(relative)}`,
    ),
  ];
}

const distance = (x: number | null): string => (x === null ? 'not finite' : x.toExponential(1));

function shown({ mean, standard_error: error }: Estimate, digits: number): string {
  if (mean === null) return '–';
  const text = mean.toFixed(digits);
  return error === null ? text : `${text} ± ${error.toFixed(digits)}`;
}
