import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * @typedef {object} Manifest the parts of a package.json that matter here
 * @property {string} name
 * @property {string} version
 * @property {string} [license]
 * @property {string | { url?: string }} [repository]
 * @property {string} [homepage]
 * @property {string | { name?: string }} [author]
 * @property {Record<string, string>} [dependencies]
 */

const root = new URL('../../', import.meta.url);
const { stated } = /** @type {{ stated: Record<string, string> }} */ (
  JSON.parse(readFileSync(new URL('licences.json', root), 'utf8'))
);

/**
 * The folder of an installed package, as a file sees it.
 * @param {string} name
 * @param {string} from a file
 */
export function folderOf(name, from) {
  const folder = createRequire(from)
    .resolve.paths(name)
    ?.map(place => join(place, name))
    .find(place => existsSync(join(place, 'package.json')));
  if (!folder) throw new Error(`${name} is not installed; run npm ci`);
  return folder;
}

/**
 * Folders of packages of others that files are from.
 * @param {readonly string[]} files
 */
export const foldersOf = files =>
  files.flatMap(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);

/**
 * Folders of all packages of others that a package needs when it runs.
 * @param {string} folder
 * @param {Set<string>} found
 */
export function neededBy(folder, found = new Set()) {
  const { dependencies = {} } = manifestOf(folder);
  for (const name of Object.keys(dependencies)) {
    const needed = folderOf(name, join(folder, 'package.json'));
    if (found.has(needed)) continue;
    found.add(needed);
    neededBy(needed, found);
  }
  return [...found].filter(one => !manifestOf(one).name.startsWith('@nads/'));
}

/**
 * The licences of packages of others, with their own texts, in order of their names. A package that comes without a text is named with its licence and
 * authors; the texts that such packages refer to stand at the end.
 * @param {readonly string[]} folders
 */
export function noticesOf(folders) {
  const packages = new Map(
    folders.map(folder => {
      const manifest = manifestOf(folder);
      return [`${manifest.name} ${manifest.version}`, { folder, manifest }];
    }),
  );
  const parts = [...packages]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { folder, manifest }]) => noticeOf(title, folder, manifest));
  return [
    'What this package holds of others, under their licences.',
    ...parts,
    `Apache-2.0\n\n${readFileSync(new URL('LICENSE', root), 'utf8')}`,
    `MIT\n\n${mit}`,
    'MPL-2.0\n\nThe text is at https://mozilla.org/MPL/2.0/, the source of each package at the address that it is listed with.\n',
  ].join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * @param {string} title
 * @param {string} folder
 * @param {Manifest} manifest
 */
function noticeOf(title, folder, { name, license, repository, homepage, author }) {
  const licence = stated[name] ?? license;
  if (!licence)
    throw new Error(`${title} names no licence; read it, and state it in licences.json`);
  const place = (typeof repository === 'string' ? repository : repository?.url) ?? homepage ?? '';
  const by = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  const texts = readdirSync(folder)
    .filter(file => /^(licen[cs]e|notice|copying|third-?party)/i.test(file))
    .map(file => readFileSync(join(folder, file), 'utf8'));
  const text =
    texts.length > 0
      ? texts.join('\n\n')
      : `Copyright ${by}\nThe text of ${licence} is at the end.\n`;
  return `${title}, ${licence}\n${place}\n\n${text}`;
}

/**
 * @param {string} folder
 * @returns {Manifest}
 */
const manifestOf = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
