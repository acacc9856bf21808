import { spawnSync } from 'node:child_process';

/** Settings of npm and of Nx that a caller inherits and a stranger does not have. */
const foreign = /^(npm_|NX_|NADS_|NODE_OPTIONS)/i;

/** Where npm finds what it has fetched before, and from where it fetches. */
const kept = /^npm_config_(cache|registry|cafile)$/i;

/** Runs a program as a stranger would. @returns what it printed on stdout. @throws with its output where it fails */
export function run(folder: string, program: string, ...args: readonly string[]): string {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !foreign.test(name) || kept.test(name)),
  );
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env: { ...env, FORCE_COLOR: '0' },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    timeout: 300_000,
  });
  if (status === 0) return stdout;
  const said = error?.message ?? `${stdout}\n${stderr}`.trim();
  throw new Error(`${program} ${args.join(' ')}:\n${said}`);
}
