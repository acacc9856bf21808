import { OptionError } from '@nads/linalg';
import type { OnProgress } from '@nads/runtime';
import type { NadsResult } from '../estimate/nads-codec.js';
import type { NadsSummary } from '../estimate/nads-summary.js';
import type { Architecture, LeftOut } from './architectures.js';
import { assembledAtlas } from './assembled-atlas.js';
import type { Atlas } from './atlas.js';
import type { Gathered } from './gathered.js';
import { kindOf } from './kind-of.js';
import { memberEstimate } from './member-estimate.js';

/** A member, and its two independent estimates. */
export interface GatheredMember {
  readonly architecture: Architecture;
  /** Read when their turn comes, one after the other: all together take gigabytes. */
  readonly read: () => readonly [NadsResult, NadsResult];
}

/** What is gathered, and how. */
export interface GatherSettings {
  /** Dimensions k of the subspaces that are compared; 10 and 30 if not given. */
  readonly tops?: readonly number[];
  readonly left?: readonly LeftOut[];
}

/** How gathering is watched and stopped: once aborted, it throws the signal's reason. */
export interface GatherEnvironment {
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/**
 * An atlas from two independent estimates of each member.
 * @throws naming the estimate, where two are not of one model with different seeds, where settings differ between members, or one is damaged
 */
export async function gatherAtlas(
  given: readonly GatheredMember[],
  { tops = [10, 30], left = [] }: GatherSettings = {},
  { onProgress, signal }: GatherEnvironment = {},
): Promise<Atlas> {
  if (given.length === 0) throw new OptionError('members', 'an atlas needs at least one member');
  const found: Gathered[] = [];
  for (const { architecture, read } of given) {
    signal?.throwIfAborted();
    const [a, b] = read();
    requireTwins(architecture, a, b);
    found.push({ architecture, estimates: [memberEstimate(a, tops), memberEstimate(b, tops)] });
    onProgress?.({ unit: 'members', done: found.length, total: given.length });
  }
  requireOneKind(found);
  return assembledAtlas(found, tops, left);
}

/** @throws where two estimates are not independent ones of the same, or not those that the list of members says */
function requireTwins({ name, networks, image }: Architecture, a: NadsResult, b: NadsResult): void {
  const [one, other] = [summaryOf(a), summaryOf(b)];
  const problem =
    (one.model.sha256 !== other.model.sha256 && 'these are of different models') ||
    (one.settings.seed === other.settings.seed && `both are of seed ${one.settings.seed}`) ||
    (one.networks !== other.networks &&
      `these are of ${one.networks} and ${other.networks} networks`) ||
    (one.networks !== networks &&
      `these are of ${one.networks} networks, the list of members says ${networks}`) ||
    (sizesOf(one) !== image &&
      `these are of images of ${sizesOf(one)}, the list of members says ${image}`) ||
    (kindOf(one) !== kindOf(other) && `these are of ${kindOf(one)}, and of ${kindOf(other)}`);
  if (problem)
    throw new Error(
      `${name}: two independent estimates are needed, but ${problem} (${a.name}, ${b.name})`,
    );
}

/** As in '3x32x32'. */
const sizesOf = ({ image: { channels, height, width } }: NadsSummary): string =>
  `${channels}x${height}x${width}`;

function summaryOf({ name, summary }: NadsResult): NadsSummary {
  if (summary) return summary;
  throw new Error(`${name}: no nads.json beside it; give a folder that nads estimate wrote`);
}

function requireOneKind([first, ...others]: readonly Gathered[]): void {
  const expected = kindOf(first.estimates[0].summary);
  for (const { architecture, estimates } of others) {
    const kind = kindOf(estimates[0].summary);
    if (kind !== expected)
      throw new Error(
        `${architecture.name} is of ${kind}, but ${first.architecture.name} of ${expected}; estimate all alike`,
      );
  }
}
