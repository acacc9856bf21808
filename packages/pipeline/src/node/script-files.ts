import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** What a module names behind `from` and `import`, where it begins with a dot. */
const imported = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;

/**
 * A script and the files that it imports by relative paths, those that they import, and so on.
 * @param folder that the script's path begins in, and those returned
 */
export function scriptFiles(script: string, folder: string): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(imported))
      visit(resolve(dirname(file), path));
  };
  visit(resolve(folder, script));
  return [...found].map(file => relative(folder, file).replaceAll('\\', '/'));
}
