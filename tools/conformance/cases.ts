import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkCase } from './lib/check-case.ts';
import { checkHostile } from './lib/check-hostile.ts';
import { messageOf } from './lib/message-of.ts';
import type { CheckOptions } from './run.ts';

export const title = 'cases that failed in use';

const hostile = 'hostile';

/** What hostile pictures are shown to. */
const lenet = fileURLToPath(new URL('../../models/lenet.onnx', import.meta.url));

/** Every folder of cases: models with a point each, and hostile files. */
export async function run({ shared, cases, result }: CheckOptions): Promise<void> {
  const root = cases ?? join(shared, 'cases');
  if (!existsSync(root)) return result.skip(`skipped, there is no ${root}`);
  const folders = readdirSync(root, { withFileTypes: true }).filter(entry => entry.isDirectory());
  for (const { name } of folders) {
    const folder = join(root, name);
    const check =
      name === hostile ? checkHostile(folder, lenet, result) : checkCase(folder, name, result);
    await check.catch((error: unknown) => result.fail(`${name}: ${messageOf(error)}`));
  }
}
