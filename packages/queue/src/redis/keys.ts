/** Before all keys in Redis; in braces, so that a cluster keeps them in one place. */
export const prefix = '{nads}';

/** A hash: workers by their names. */
export const workersKey = `${prefix}:workers`;

/** A hash: programs that tasks were given for, by their keys. */
export const programsKey = `${prefix}:programs`;
