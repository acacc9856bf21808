import preset from '../../tools/jest/preset.mjs';

/** Most tests start the command line as a user would, which takes its time. */
export default { ...preset, testTimeout: 60_000 };
