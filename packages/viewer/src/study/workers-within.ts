import type { Forecast } from '@nads/study';

/**
 * Bytes that an estimate is to take by its forecast, so that the page stays below 2 GB: WebAssembly's memory grows and never shrinks, and the page
 * itself takes some too (docs/viewer.md has what was measured).
 */
const most = 1.4e9;

/** How many of the workers that are offered an estimate has memory for, one at least. */
export function workersWithin(forecast: Forecast, offered: number): number {
  if (!forecast.possible) return offered;
  const { memory_bytes: all, memory_bytes_per_worker: each } = forecast;
  const tooMany = Math.max(0, Math.ceil((all - most) / each));
  return Math.max(1, offered - tooMany);
}
