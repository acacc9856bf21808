import { fileURLToPath } from 'node:url';

/** The folder of the repository that this is in. */
export const rootFolder = fileURLToPath(new URL('../..', import.meta.url));
