import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A reporter of Jest: leaves the counts of a package's tests in the folder that NADS_TEST_COUNTS names, for .ci/run. */
export default class Counts {
  /** @param {import('@jest/types').Config.GlobalConfig} config */
  constructor({ rootDir }) {
    this.name = basename(rootDir);
  }

  /**
   * @param {unknown} _contexts
   * @param {import('@jest/test-result').AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const folder = process.env.NADS_TEST_COUNTS;
    if (folder) writeFileSync(join(folder, `${this.name}.json`), JSON.stringify(counts(results)));
  }
}

/**
 * A file that does not even load counts as one test that failed.
 * @param {import('@jest/test-result').AggregatedResult} results
 */
const counts = results => ({
  passed: results.numPassedTests,
  failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
  skipped: results.numPendingTests + results.numTodoTests,
});
