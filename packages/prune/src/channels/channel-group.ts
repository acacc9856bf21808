/** An axis of a constant of the file. */
export interface Entry {
  readonly initializer: string;
  readonly axis: number;
}

/** Places along an axis of a value. */
export interface Part {
  readonly value: string;
  readonly axis: number;
  /** Ascending. */
  readonly indices: readonly number[];
}

/** What has to be removed together. */
export interface Channel {
  /** Places along the axes of the group's entries, in their order. */
  readonly indices: readonly (readonly number[])[];
  /** The same, and places of the values that the network computes. */
  readonly parts: readonly Part[];
}

/** Channels that live in the same constants. */
export interface ChannelGroup {
  /** By name, then axis. */
  readonly entries: readonly Entry[];
  readonly channels: readonly Channel[];
}

/** A group that has to stay. */
export interface WholeGroup extends ChannelGroup {
  readonly reason: string;
}
