import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as buildWithEsbuild } from 'esbuild';
import { build as buildWithVite, type Rollup } from 'vite';

/** What makes pages out of packages. */
export type Bundler = 'esbuild' | 'vite';

/**
 * Bytes that a page carries which uses one export of a package and nothing else.
 * @param root of the repository, whose packages are built.
 */
export async function minified(
  root: string,
  bundler: Bundler,
  module: string,
  name: string,
): Promise<number> {
  const folder = mkdtempSync(join(root, 'node_modules', '.nads-size-'));
  try {
    const entry = join(folder, 'entry.js');
    writeFileSync(entry, `import { ${name} } from '${module}';\nglobalThis.used = ${name};\n`);
    return await bundlers[bundler](folder, entry);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bundlers: Readonly<Record<Bundler, (folder: string, entry: string) => Promise<number>>> = {
  async esbuild(_, entry) {
    const { outputFiles } = await buildWithEsbuild({
      entryPoints: [entry],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2023',
      write: false,
      logLevel: 'error',
    });
    return outputFiles[0].contents.length;
  },
  async vite(folder, entry) {
    const made = (await buildWithVite({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        target: 'es2023',
        minify: true,
        modulePreload: { polyfill: false },
        rollupOptions: { input: entry },
      },
    })) as Rollup.RollupOutput;
    return made.output
      .filter(part => part.type === 'chunk')
      .reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
  },
};
