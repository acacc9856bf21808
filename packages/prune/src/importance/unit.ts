import type { Channel } from '../channels/channel-group.js';
import type { Filters } from './filters.js';

/** Filters that one gate would switch off together. */
export interface Unit {
  readonly members: readonly Member[];
}

/** A filter: which of the lists, and its place in it. */
export interface Member {
  readonly list: number;
  readonly place: number;
}

/** Every filter by itself, in order. */
export const singleUnits = (filters: readonly Filters[]): Unit[] =>
  filters.flatMap(({ size }, list) =>
    Array.from({ length: size }, (_, place) => ({ members: [{ list, place }] })),
  );

/** The filters of a channel. */
export function channelUnit({ parts }: Channel, filters: readonly Filters[]): Unit {
  const members = filters.flatMap(({ weight, weightAxis }, list) =>
    parts
      .filter(({ value, axis }) => value === weight && axis === weightAxis)
      .flatMap(({ indices }) => indices.map(place => ({ list, place }))),
  );
  return { members };
}
