import { partBars, type PartBar } from '@nads/report';
import type { Picture } from '../picture.js';

/** A group of channels as saved reports have it. */
export interface ReportedGroup {
  readonly initializers: readonly { readonly initializer: string; readonly axis: number }[];
  readonly channels: number;
  /** Channels that are left; all where the group cannot be pruned. */
  readonly left?: number;
}

/** What was removed where: a bar for each group, in the order of the network. */
export const removedPicture = (groups: readonly ReportedGroup[], model: string): Picture => ({
  name: 'removed',
  draw: () =>
    partBars({
      title: `Channels of ${model}`,
      names: ['left', 'removed'],
      unit: 'channels',
      bars: groups.map(barOf),
    }),
});

const barOf = ({ initializers, channels, left = channels }: ReportedGroup): PartBar => ({
  label: labelOf(initializers),
  whole: channels,
  part: left,
});

/** The weights that make the channels, or the first of them. */
function labelOf(initializers: ReportedGroup['initializers']): string {
  const [first, ...more] = initializers.filter(({ axis }) => axis === 0);
  const name = (first ?? initializers[0]).initializer;
  return more.length > 0 ? `${name} and ${more.length} more` : name;
}
