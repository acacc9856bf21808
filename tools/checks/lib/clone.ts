import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readJson } from './package.ts';

/** What became of a task, as Nx has noted it. */
export interface TaskRun {
  readonly taskId: string;
  readonly cacheStatus: 'cache-miss' | 'local-cache-hit' | 'local-cache-kept-existing';
  readonly status: number;
}

/** What became of a command in a clone. */
export interface Run {
  readonly green: boolean;
  readonly tasks: readonly TaskRun[];
  readonly output: string;
}

/** Settings of the caller that would move the cache out of the clone. */
const foreign = /^(NX|NADS)_/;
const minutes = 10;

/** A clone of a repository's HEAD in a folder of its own, with the same packages installed and nothing in Nx's cache. */
export class Clone {
  readonly folder: string;
  readonly #scratch: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(origin: string) {
    this.#scratch = mkdtempSync(join(tmpdir(), 'nads-clone-'));
    this.folder = join(this.#scratch, 'clone');
    const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
    this.#env = { ...Object.fromEntries(inherited), NX_DAEMON: 'false' };
    this.#must(origin, 'git', 'clone', '--quiet', origin, this.folder);
    this.#must(origin, 'git', '-C', this.folder, 'checkout', '--quiet', headOf(origin));
    for (const modules of installed(origin, this.files)) this.#copy(origin, modules);
  }

  /** Files under version control. */
  get files(): string[] {
    return this.#must(this.folder, 'git', 'ls-files', '-z').split('\0').filter(Boolean);
  }

  /** Runs Nx. @param env on top of the caller's. */
  nx(words: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
    const { status, stdout, stderr } = this.#spawn(
      this.folder,
      join('node_modules/.bin/nx'),
      words,
      env,
    );
    const report = join(env.NX_CACHE_DIRECTORY ?? join(this.folder, '.nx/cache'), 'run.json');
    const tasks = existsSync(report) ? (readJson(report) as { tasks: TaskRun[] }).tasks : [];
    return { green: status === 0, tasks, output: `${stdout}${stderr}` };
  }

  /** What a script of the clone prints. @throws where it fails. */
  script(file: string, ...words: readonly string[]): string {
    const loader = './tools/typescript/register.mjs';
    return this.#must(this.folder, process.execPath, '--import', loader, file, ...words);
  }

  /** Does something while a file is another. @param change of its bytes. */
  while<T>(file: string, change: (bytes: Buffer) => Buffer | string, action: () => T): T {
    const path = join(this.folder, file);
    const bytes = readFileSync(path);
    writeFileSync(path, change(bytes));
    try {
      return action();
    } finally {
      writeFileSync(path, bytes);
    }
  }

  remove(): void {
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  /** With hard links where the file system has them: nothing in there is ever changed in place. */
  #copy(origin: string, modules: string): void {
    const [from, to] = [join(origin, modules), join(this.folder, dirname(modules))];
    if (this.#spawn(origin, 'cp', ['-al', from, to]).status === 0) return;
    rmSync(join(this.folder, modules), { recursive: true, force: true });
    this.#must(origin, 'cp', '-a', from, to);
  }

  #must(cwd: string, command: string, ...words: readonly string[]): string {
    const { status, stdout, stderr } = this.#spawn(cwd, command, words);
    if (status !== 0) throw new Error(`${command} ${words.join(' ')} failed: ${stderr}`);
    return stdout;
  }

  #spawn(cwd: string, command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}) {
    return spawnSync(command, words, {
      cwd,
      env: { ...this.#env, ...env },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: minutes * 60_000,
    });
  }
}

const headOf = (origin: string): string =>
  spawnSync('git', ['rev-parse', 'HEAD'], { cwd: origin, encoding: 'utf8' }).stdout.trim();

/** Folders with installed packages, as seen from the repository. */
const installed = (origin: string, files: readonly string[]): string[] =>
  files
    .filter(file => /(^|\/)package\.json$/.test(file))
    .map(file => join(dirname(file), 'node_modules'))
    .filter(folder => existsSync(join(origin, folder)));
