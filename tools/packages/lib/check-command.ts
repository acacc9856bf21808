import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { megabytes } from './stranger.ts';
import { run } from './run.ts';
import type { Tarball } from './tarballs.ts';

/** MB that the command may take. */
const most = 120;

/** Starts of the sums of what the command writes wherever it is installed. */
const sums = { 'nads.npz': 'af364538' };

/**
 * Installs the command from its tarball with the network cut and runs it: an estimate, whose directions are those of the repository, its
 * pictures, and training on either engine.
 * @returns MB that it takes
 */
export function checkCommand(folder: string, { file }: Tarball): number {
  run('/', 'npm', 'install', '--global', '--offline', '--no-audit', '--prefix', folder, file);
  const nads = (...args: readonly string[]): string =>
    run(folder, join(folder, 'bin/nads'), ...args);
  if (!existsSync(join(folder, 'lib/node_modules/@nads/cli/bundle/THIRD-PARTY-NOTICES.txt')))
    throw new Error('it holds code of others without their notices');
  const size = megabytes(folder);
  if (size > most) throw new Error(`it takes ${size} MB, more than ${most}`);
  nads('estimate', 'lenet', '--networks', '10', '--seed', '1', '--out', 'out', '--quiet');
  for (const [name, sum] of Object.entries(sums)) {
    const found = createHash('sha256').update(readFileSync(join(folder, 'out', name)));
    if (!found.digest('hex').startsWith(sum)) throw new Error(`${name} is not what it should be`);
  }
  for (const format of ['pdf', 'png']) nads('plot', 'out', '--format', format, '--out', format);
  const training = 'train logreg --direction fourier:8@2:3 --train 256 --test 128 --epochs 1';
  for (const engine of ['onnx', 'tfjs'])
    nads(...training.split(' '), '--engine', engine, '--out', engine, '--quiet');
  return size;
}
