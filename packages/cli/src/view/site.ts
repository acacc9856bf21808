import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file as it is sent. */
export interface Page {
  readonly type: string;
  readonly contents: Uint8Array;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

const notBuilt = 'the viewer was not built; run `npm run build` in the repository';

/** How a file of this name is sent. */
export const typeOf = (name: string): string => types[extname(name)] ?? 'application/octet-stream';

/** The files of a built site by their addresses: nothing else is ever sent. @throws where the site was not built */
export function siteFiles(folder: URL): ReadonlyMap<string, () => Page> {
  if (!existsSync(folder)) throw new Error(notBuilt);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const root = fileURLToPath(folder);
  const pages = new Map(
    names.map(file => {
      const address = `/${relative(root, file).replaceAll(sep, '/')}`;
      return [address, () => ({ type: typeOf(file), contents: readFileSync(file) })] as const;
    }),
  );
  const index = pages.get('/index.html');
  if (!index) throw new Error(notBuilt);
  return pages.set('/', index);
}
