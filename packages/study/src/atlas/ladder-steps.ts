import { compared, correlationOf, type Atlas, type AtlasMember } from './atlas.js';
import type { Measured } from './disattenuated.js';
import { numberNames, type NumberName } from './spectral-numbers.js';
import { spectralDistance } from './spectral-distance.js';

/** By how much a number changes with a step. */
export interface Change extends Measured {
  readonly name: NumberName;
  /** Before and after. */
  readonly from: number;
  readonly to: number;
  /** The change in units of its error. */
  readonly z: number;
}

/** A step of the ladder: two architectures that differ in one thing. */
export interface LadderStep {
  readonly choice: string;
  readonly changes: string;
  readonly from: AtlasMember;
  readonly to: AtlasMember;
  readonly numbers: readonly Change[];
  /** By the dimension k: of both subspaces without the noise; undefined where that is not determined, or directions are not compared. */
  readonly correlations: readonly { readonly top: number; readonly value?: Measured }[];
  /** Of the Fourier energies; undefined of images of different sizes. */
  readonly spectral?: Measured;
}

/** Steps of the ladder, those of one choice together, in the order of members. */
export function ladderSteps(atlas: Atlas): LadderStep[] {
  const byName = new Map(atlas.members.map(member => [member.summary.name, member]));
  const steps = atlas.members.flatMap(to => {
    const { from, changes, choice } = to.summary;
    if (from === undefined) return [];
    return [stepBetween(atlas, byName.get(from)!, to, choice ?? '', changes ?? '')];
  });
  const choices = [...new Set(steps.map(({ choice }) => choice))];
  return choices.flatMap(choice => steps.filter(step => step.choice === choice));
}

/** How alike two members are. */
export interface MemberPair extends Pick<LadderStep, 'correlations' | 'spectral'> {
  readonly a: string;
  readonly b: string;
}

/** All pairs of members of these names. @throws naming one that is no member */
export function atlasPairs(atlas: Atlas, names: readonly string[]): MemberPair[] {
  const members = names.map(name => {
    const found = atlas.members.find(({ summary }) => summary.name === name);
    if (found) return found;
    throw new Error(`'${name}' is no member of the atlas`);
  });
  return members.flatMap((b, j) =>
    members
      .slice(0, j)
      .map(a => ({ a: a.summary.name, b: b.summary.name, ...likeness(atlas, a, b) })),
  );
}

function stepBetween(
  atlas: Atlas,
  from: AtlasMember,
  to: AtlasMember,
  choice: string,
  changes: string,
): LadderStep {
  return {
    choice,
    changes,
    from,
    to,
    numbers: numberNames.map(name => changeOf(name, from, to)),
    ...likeness(atlas, from, to),
  };
}

function likeness(
  atlas: Atlas,
  from: AtlasMember,
  to: AtlasMember,
): Pick<LadderStep, 'correlations' | 'spectral'> {
  const together = compared(atlas);
  const [i, j] = [together.indexOf(from), together.indexOf(to)];
  const isCompared = i >= 0 && j >= 0;
  const energies = [from, to].map(({ estimates: [a, b] }) => [a.energy, b.energy] as const);
  return {
    correlations: atlas.overlaps.map(({ top }) => ({
      top,
      value: isCompared ? correlationOf(atlas, top, i, j) : undefined,
    })),
    ...(energies[0][0].length === energies[1][0].length && {
      spectral: spectralDistance(energies[0], energies[1]),
    }),
  };
}

function changeOf(
  name: NumberName,
  { summary: a }: AtlasMember,
  { summary: b }: AtlasMember,
): Change {
  const [from, to] = [a.numbers[name], b.numbers[name]];
  const error = Math.hypot(from.error ?? NaN, to.error ?? NaN);
  const value = to.value - from.value;
  return { name, from: from.value, to: to.value, value, error, z: value / error };
}
