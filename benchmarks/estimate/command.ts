import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const nads = fileURLToPath(new URL('packages/cli/bin/nads.js', root));
const reporter = new URL('report-peak-memory.mjs', import.meta.url).href;

/** What a command took. */
export interface Usage {
  /** From start to end. */
  readonly seconds: number;
  /** The most memory that it held. */
  readonly peakBytes: number;
}

/**
 * Runs the whole command in a process of its own, as a user would; `OUT` among its arguments stands
 * for a new folder that is removed afterwards.
 * @throws where the command fails, with what it said.
 */
export async function command(...given: readonly string[]): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), 'nads-bench-'));
  try {
    const peakFile = join(folder, 'peak');
    const words = given.map(word => (word === 'OUT' ? join(folder, 'out') : word));
    const seconds = await timed(words, peakFile);
    return { seconds, peakBytes: Number(readFileSync(peakFile, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(words: readonly string[], peakFile: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', reporter, nads, ...words], {
    cwd: fileURLToPath(root),
    env: { ...process.env, NADS_PEAK_FILE: peakFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`nads ${words.join(' ')} ended with ${code}: ${said}`);
  return (performance.now() - started) / 1000;
}

/** `nads estimate` of one of the models that come with the project. */
export const estimateOf = (file: string, networks: number): Promise<Usage> =>
  command('estimate', `models/${file}`, '--networks', `${networks}`, '--quiet', '--out', 'OUT');
