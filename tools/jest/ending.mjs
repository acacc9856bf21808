/** Milliseconds that a run has to end by itself. */
const patience = 20_000;

/**
 * A reporter of Jest: ends a run whose tests are over though something is still open. A test that fails may leave a server or a worker
 * behind; without this the results of all other packages would wait for it until CI gives up.
 */
export default class Ending {
  /**
   * @param {unknown} _contexts
   * @param {import('@jest/test-result').AggregatedResult} results
   */
  onRunComplete(_contexts, { numFailedTests, numRuntimeErrorTestSuites }) {
    setTimeout(() => {
      console.error('ended though the tests left something open; --detectOpenHandles shows what');
      process.exit(numFailedTests + numRuntimeErrorTestSuites > 0 ? 1 : 0);
    }, patience).unref();
  }
}
