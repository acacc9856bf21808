import { partBars, type PartBar } from '@nads/report';
import type { Picture } from '../picture.js';

/** A group of channels as saved reports have it. */
export interface ReportedGroup {
  readonly name: string;
  readonly channels: number;
  /** Channels that are left. */
  readonly left: number;
}

/** The picture's file, without its ending. */
export const removedPictureName = 'removed';

/** What was removed where: a bar for each group, in the order of the network. */
export const removedPicture = (groups: readonly ReportedGroup[], model: string): Picture => ({
  name: removedPictureName,
  caption: 'Channels that are left of each group',
  draw: () =>
    partBars({
      title: `Channels of ${model.replace(/^.*[/\\]/, '')}`,
      names: ['left', 'removed'],
      unit: 'channels',
      bars: groups.map(barOf),
    }),
});

const barOf = ({ name, channels, left }: ReportedGroup): PartBar => ({
  label: name,
  whole: channels,
  part: left,
});
