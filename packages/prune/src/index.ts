export { channelGroups, type Channels } from './channels/channel-groups.js';
export type { Channel, ChannelGroup, Entry, Part, WholeGroup } from './channels/channel-group.js';
export { shrink } from './shrink/shrink.js';
export { zeroed } from './zeroed.js';
