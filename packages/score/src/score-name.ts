/** Scores that come out of one computation. */
interface ScoreGroup {
  readonly name: 'codes' | 'weights' | 'images' | 'flow' | 'cost';
  readonly scores: readonly ScoreName[];
  /** What it means if the computation does not give one of them. */
  readonly otherwise: string;
}

const groups = [
  { name: 'codes', scores: ['naswot', 'naswot_per_unit'], otherwise: '' },
  {
    name: 'weights',
    scores: ['loss', 'grad_norm', 'snip', 'plain', 'grasp', 'fisher'],
    otherwise: '',
  },
  {
    name: 'images',
    scores: ['jacob_cov'],
    otherwise: 'the gradient of an image is the same for all pixels',
  },
  {
    name: 'flow',
    scores: ['synflow', 'log_synflow'],
    otherwise:
      'it exceeds float32, and the network is not homogeneous, so that it cannot be scaled',
  },
  { name: 'cost', scores: ['parameters', 'macs'], otherwise: '' },
] as const;

/** A score of a network. */
export type ScoreName = (typeof groups)[number]['scores'][number];

/** All scores, in the order of tables. */
export const scoreNames: readonly ScoreName[] = groups.flatMap(({ scores }) => scores);

/** Scores of the loss, for which images need labels. */
export const needLabels = (scores: readonly ScoreName[]): ScoreName[] =>
  scores.filter(score => (groups[1].scores as readonly ScoreName[]).includes(score));

/** What has to be computed for some scores. */
export const groupsOf = (wanted: readonly ScoreName[]): readonly ScoreGroup[] =>
  groups.flatMap(({ name, scores, otherwise }): ScoreGroup[] => {
    const found = scores.filter(score => wanted.includes(score));
    return found.length > 0 ? [{ name, scores: found, otherwise }] : [];
  });
