import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';

/** A page as it was built: its links, and the places on it that links may lead to. */
interface Page {
  readonly links: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

/** Links within a built site that lead to no file, or to no place on a page: `PAGE: LINK`. */
export function deadLinks(site: string): string[] {
  const files = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(site, join(entry.parentPath, entry.name)));
  const known = new Set(files);
  const pages = new Map(
    files.filter(file => file.endsWith('.html')).map(file => [file, read(join(site, file))]),
  );
  return [...pages].flatMap(([file, { links }]) =>
    links.filter(link => !leadsSomewhere(file, link)).map(link => `${file}: ${link}`),
  );

  function leadsSomewhere(from: string, link: string): boolean {
    const [path, anchor] = link.split('#');
    const target = path === '' ? from : fileOf(posix.join('/', posix.dirname(from), path), path);
    if (!known.has(target)) return false;
    return !anchor || pages.get(target)?.anchors.has(decodeURIComponent(anchor)) !== false;
  }
}

/** The file behind an address, which begins at the root of the site where it begins with /. */
function fileOf(resolved: string, given: string): string {
  const path = decodeURIComponent(given.startsWith('/') ? given : resolved).slice(1);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

function read(file: string): Page {
  const html = readFileSync(file, 'utf8');
  const links = Array.from(html.matchAll(/<a\s[^>]*?href="([^"]*)"/g), ([, link]) => link)
    .map(link => link.replaceAll('&amp;', '&'))
    .filter(link => !/^[a-z]+:/.test(link));
  const anchors = new Set(Array.from(html.matchAll(/\sid="([^"]*)"/g), ([, id]) => id));
  return { links: [...new Set(links)], anchors };
}
