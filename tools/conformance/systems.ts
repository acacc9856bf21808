import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from './lib/check-result.ts';
import type { CheckOptions } from './run.ts';

export const title = 'related systems';

/** What a file in `systems` exports: how one network's folder of its oracles is checked. */
interface System {
  readonly check: (folder: string, result: CheckResult) => Promise<void>;
}

const folder = new URL('systems/', import.meta.url);
const systems = readdirSync(folder)
  .filter(file => file.endsWith('.ts'))
  .map(file => file.slice(0, -'.ts'.length))
  .toSorted();

/** Every system against the values that were computed for it, in any folder of the layout oracles/systems/SYSTEM/NETWORK. */
export async function run({ shared, oracles, result }: CheckOptions): Promise<void> {
  const root = oracles ?? join(shared, 'oracles', 'systems');
  for (const system of systems) {
    const place = join(root, system);
    if (!existsSync(place)) result.skip(`${system}: skipped, there is no ${place}`);
    else await checkAll(system, place, result);
  }
}

async function checkAll(system: string, place: string, result: CheckResult): Promise<void> {
  const { check } = (await import(new URL(`${system}.ts`, folder).href)) as System;
  const networks = readdirSync(place, { withFileTypes: true }).filter(entry => entry.isDirectory());
  for (const { name } of networks) {
    result.log(`${system}/${name}`);
    await check(join(place, name), result).catch((error: unknown) =>
      result.fail(`${system}/${name}: ${String(error)}`),
    );
  }
}
