import type { Fact } from '@nads/report';

/** The model that a result is of. */
export const modelFacts = (model: {
  readonly file: string;
  readonly sha256: string;
  readonly output?: string;
}): Fact[] => [
  ['model', model.file],
  ['sha256', model.sha256.slice(0, 16)],
  ...(model.output === undefined ? [] : [['output', model.output] as const]),
];
