/** A line of the navigation: a page of the site, by the file that it is made from. */
export interface Entry {
  readonly text: string;
  readonly file: string;
}

/** A heading of the navigation, and what stands below it. */
export interface Section {
  readonly text: string;
  readonly entries: readonly Entry[];
}

const docs = (pages: Readonly<Record<string, string>>): Entry[] =>
  Object.entries(pages).map(([page, text]) => ({ text, file: `docs/${page}.md` }));

/** The navigation of the site but for packages, decisions and the API, which are found. A page of docs that is missing here is an error. */
export const contents: readonly Section[] = [
  {
    text: 'Begin here',
    entries: [
      { text: 'What it is', file: 'README.md' },
      ...docs({ start: 'Five minutes', packages: 'Packages by themselves' }),
    ],
  },
  {
    text: 'Concepts',
    entries: docs({
      concepts: 'In short',
      'neural-anisotropy-directions': 'Neural anisotropy directions',
      'secants-and-gradients': 'Secants and gradients',
      estimators: 'Estimators',
      uncertainty: 'Uncertainty',
      bases: 'Bases of directions',
      models: 'What happens to a model',
      results: 'Result folders',
    }),
  },
  {
    text: 'How to',
    entries: docs({
      'how-to/own-model': 'Take my PyTorch, Keras or timm model',
      'how-to/large-images': 'Take ImageNet-size models',
      'how-to/prune': 'Prune my model',
      'how-to/score': 'Score candidates',
      'how-to/operator': 'Add an operator',
      'how-to/architecture': 'Add an architecture',
      scaling: 'Use many machines',
      pipelines: 'Run experiments in stages',
      python: 'Read results in Python',
      viewer: 'Look in the browser',
    }),
  },
  {
    text: 'Studies',
    entries: docs({
      'trained-models': 'Trained models',
      saliency: 'Saliency',
      gradients: 'Gradients of any model',
      training: 'Training along directions',
      'real-images': 'Real images',
      'tangent-kernel': 'Tangent kernels',
      elasticity: 'Local elasticity',
      scores: 'Scores without training',
      pruning: 'Pruning',
      'fine-tuning': 'Fine-tuning',
      degree: 'Polynomials',
      'similarity-learning': 'Learnt similarities',
      pictures: 'Pictures',
      report: 'Reports',
      atlas: 'The atlas',
    }),
  },
  {
    text: 'Figures',
    entries: docs({ reproduction: 'Reproductions', benchmarks: 'Benchmarks' }),
  },
  {
    text: 'The project',
    entries: [
      ...docs({ architecture: 'Architecture' }),
      { text: 'Contributing', file: 'CONTRIBUTING.md' },
      { text: 'Security', file: 'SECURITY.md' },
    ],
  },
];
