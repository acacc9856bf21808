import { orderOf, type Plan, type Preparation } from '@nads/probe';

/** Which symmetries are averaged over, and which are not, why, a line each. */
export function describeSymmetries({
  plan,
  image,
  symmetries,
  symmetryNote,
}: Preparation): string[] {
  const broken = symmetries
    .filter(({ holds }) => !holds)
    .map(({ relabelling, reason }) => `no ${relabelling}: ${reason}`);
  const channels =
    plan.probedChannels < image.channels
      ? `; one of ${image.channels} exchangeable channels is probed`
      : '';
  const note = symmetryNote ? ` (${symmetryNote})` : '';
  return [`group of ${orderOf(plan.group)}${channels}${note}`, ...broken];
}

/** How many further networks there are, and along what; undefined where there are none. */
export function describeFurther({ plan, directions }: Preparation): string | undefined {
  if (!plan.further) return undefined;
  const { count, directions: some } = plan.further;
  return `${count} networks more for each, along ${some.length} of ${directions} directions`;
}

/** How much is saved by running networks on crops of their maps; undefined where nothing is. */
export function describeLocality({
  locality,
  localityNote,
  macsPerImage,
}: Preparation): string | undefined {
  if (localityNote) return `whole images, since ${localityNote}`;
  if (!locality) return undefined;
  const [onCrops, all] = locality.convolutions;
  const saved = Math.round((100 * locality.savedMacs) / macsPerImage);
  return `${onCrops} of ${all} convolutions on crops, ${saved} % of the multiply-accumulates saved`;
}

/** How often the last layers are drawn for each network; undefined where all are drawn once. */
export function describeTails({ probe, tail }: Plan): string | undefined {
  if (probe === 'gradient') return '1 for each network: another would cost as much as a network';
  return tail && `${tail.count} for each network`;
}

/** What is probed, and at how many points. */
export function describeProbe({ probe, step, points }: Plan): string {
  const kind = probe === 'gradient' ? 'exact gradients' : `secants of step ${step}`;
  return `${kind}, ${points.length} point(s)`;
}
