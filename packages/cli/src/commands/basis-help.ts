import { kinds } from '@nads/basis';

/** How a basis is written, for help. */
export const basisHelp = `${[...kinds.values()].map(({ usage }) => usage).join(', ')}, or nads:FILE`;
