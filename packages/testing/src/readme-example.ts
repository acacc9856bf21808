import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The first example of a README, and what it says that the example prints. */
export interface ReadmeExample {
  readonly code: string;
  readonly output: string;
}

/** @throws where the README has no ```js block followed by a ```text block. */
export function readmeExample(readme: string): ReadmeExample {
  const text = readFileSync(readme, 'utf8');
  const [, code, output] = /```js\n([^]*?)```[^]*?```text\n([^]*?)```/.exec(text) ?? [];
  if (code === undefined || output === undefined)
    throw new Error(`${readme}: no example (a block of js and one of text behind it)`);
  return { code, output };
}

/**
 * Runs the example of a package's README as its reader would, with the built packages, and gives what it prints.
 * @param folder of the package; relative files in the example are seen from the repository.
 */
export async function runExample(folder: string, { code }: ReadmeExample): Promise<string> {
  const root = join(folder, '..', '..');
  const place = mkdtempSync(join(tmpdir(), 'nads-example-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    const file = join(place, 'example.mjs');
    writeFileSync(file, code);
    const { stdout } = await promisify(execFile)(process.execPath, [file], {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0' }, // numbers without colours, whoever runs the tests
    });
    return stdout;
  } finally {
    rmSync(place, { recursive: true });
  }
}
