import type { NadsResult } from '../estimate/nads-codec.js';
import { about } from '../named-error.js';
import { copiesOf } from '../compare/compared-subspace.js';
import type { ImageShape } from '@nads/basis';
import { shapeOf } from './alone-of.js';
import { compared, type Atlas, type AtlasMember, type IndependentMember } from './atlas.js';
import { kindOf } from './kind-of.js';
import type { Measured } from './disattenuated.js';
import { memberEstimate, type MemberEstimate } from './member-estimate.js';
import { numberNames, spreadUnit, type NumberName } from './spectral-numbers.js';
import { nearestByOverlap, type OverlapRanking } from './nearest-by-overlap.js';
import { nearestBySpectrum, type NearSpectrum } from './nearest-by-spectrum.js';

/** A number of a model among those of the members. */
export interface PlacedNumber {
  readonly name: NumberName;
  readonly value: number;
  /** Standard error; NaN where it is not known. */
  readonly error: number;
  /** Share of the members whose number is smaller. */
  readonly above: number;
}

/** Where a model stands among the members of an atlas. */
export interface Placement {
  readonly model: string;
  readonly networks: number;
  readonly numbers: readonly PlacedNumber[];
  /** Members that numbers are compared with. */
  readonly members: number;
  readonly symmetries: readonly {
    readonly relabelling: string;
    readonly holds: boolean;
    readonly reason: string;
  }[];
  /** By the dimension k. */
  readonly byOverlap: readonly OverlapRanking[];
  /** Nearest first. */
  readonly bySpectrum: readonly NearSpectrum[];
}

/**
 * Places an estimate among the members of an atlas. Members' estimates of the same seed are not looked at: they are at the same point
 * and may share weights.
 * @throws where it was not estimated as the members were, saying what to do
 */
export const placement = (atlas: Atlas, result: NadsResult): Placement =>
  about(result.name, () => {
    requireAlike(atlas, result);
    requireSameRows(atlas, result);
    const own = memberEstimate(result, atlas.summary.tops);
    const members = compared(atlas).map(one => independentOf(one, own));
    return {
      model: own.summary.model.file,
      networks: own.summary.networks,
      numbers: numberNames.map(name => placed(atlas, name, own.numbers[name])),
      members: atlas.members.length,
      symmetries: own.summary.symmetry?.derived ?? [],
      byOverlap: atlas.summary.tops.map(top => nearestByOverlap(atlas, members, own, top)),
      bySpectrum: nearestBySpectrum(members, own),
    };
  });

/** @throws where images or settings are others than the atlas's */
function requireAlike({ summary: atlas }: Atlas, { summary }: NadsResult): void {
  if (!summary) throw new Error('no nads.json beside it; give a folder that nads estimate wrote');
  requireImage({ summary: atlas }, summary.image);
  if (kindOf(summary) !== kindOf(atlas))
    throw new Error(
      `it was estimated from ${kindOf(summary)}, the atlas from ${kindOf(atlas)}; estimate it as the atlas was, or gather an atlas like it (--data)`,
    );
}

function independentOf(member: AtlasMember, { summary }: MemberEstimate): IndependentMember {
  const { seeds } = member.summary;
  const estimates = member.estimates.filter((_, i) => seeds[i] !== summary.settings.seed);
  return { member, estimates };
}

/** @throws where images are others than those of the atlas */
export function requireImage(
  { summary: { image } }: Pick<Atlas, 'summary'>,
  own: ImageShape,
): void {
  const [found, expected] = [own, image].map(shapeOf);
  if (found === expected) return;
  const size =
    own.channels === image.channels
      ? `, or give \`size\` ${image.height}x${image.width} where the file leaves the size free`
      : '';
  throw new Error(
    `its images are ${found}, those of the atlas ${expected}, and directions of other images cannot be compared; export the model for ${expected}${size}`,
  );
}

/** Why directions of all channels cannot be placed among those of one. */
export const sameChannels =
  'its channels do not all have the same directions, those of the members do; nads inspect says what breaks that';

/** @throws where directions are of one channel here and of all there */
function requireSameRows(atlas: Atlas, result: NadsResult): void {
  const [first] = compared(atlas);
  const channels = result.summary!.image.channels / copiesOf(result);
  if (first && first.summary.directions.channels !== channels) throw new Error(sameChannels);
}

function placed({ summary, members }: Atlas, name: NumberName, own: Measured): PlacedNumber {
  const below = members.filter(member => member.summary.numbers[name].value < own.value);
  return {
    name,
    value: own.value,
    error: Math.hypot(own.error, summary.number_spreads[name] * spreadUnit(name, own.value)),
    above: below.length / members.length,
  };
}
