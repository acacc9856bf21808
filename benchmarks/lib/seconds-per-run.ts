/** Mean seconds of a run, repeated for so many seconds. */
export async function secondsPerRun(run: () => Promise<unknown>, seconds: number): Promise<number> {
  const started = performance.now();
  let runs = 0;
  let elapsed = 0;
  for (; elapsed < seconds || runs === 0; runs++) {
    await run();
    elapsed = (performance.now() - started) / 1000;
  }
  return elapsed / runs;
}
