import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, posix } from 'node:path';

/** Files of the repository that become pages: all of Markdown that git knows, but for templates. */
export const pageFiles = (root: string): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .filter(file => !file.startsWith('.') && !posix.basename(file).startsWith('CHANGELOG'))
    .filter(file => existsSync(join(root, file)))
    .toSorted();

/** Where a page of the repository lies on the site. */
export const sitePath = (file: string): string =>
  file.replace(/^docs\//, '').replace(/README\.md$/, 'index.md');

/**
 * Writes pages into a folder as VitePress takes them: links lead to other pages; to files and folders of the repository they lead to pages
 * with their contents; pictures are copied.
 * @throws for links to what is not there, naming the page
 */
export function stagePages(root: string, pages: readonly string[], stage: string): void {
  const wanted = new Set<string>();
  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8');
    write(stage, sitePath(page), fenced(withoutComments(relinked(page, text))));
  }
  for (const file of wanted) {
    if (isPicture(file))
      for (const place of ['', 'public'])
        // shown on pages, and linked to
        cpSync(join(root, file), join(stage, place, sitePath(file)));
    else write(stage, sourcePath(file), shown(root, file));
  }

  /** The page with links as they are on the site. */
  function relinked(page: string, text: string): string {
    return text.replaceAll(
      /(\]\(|\ssrc(?:set)?=")([^)"\s]+)/g,
      (whole, before: string, target: string) => {
        if (/^([a-z]+:|#)/.test(target)) return whole;
        const [path, anchor] = target.split('#');
        const file = posix.normalize(posix.join(posix.dirname(page), path)).replace(/\/$/, '');
        if (!existsSync(join(root, file))) throw new Error(`${page}: there is no ${target}`);
        const from = posix.dirname(sitePath(page));
        const link = posix.relative(from, placeOf(file));
        return `${before}${link.startsWith('.') ? link : `./${link}`}${anchor ? `#${anchor}` : ''}`;
      },
    );
  }

  /** Where something lies on the site; what is no page is noted. */
  function placeOf(file: string): string {
    const page = [file, `${file}/README.md`].find(one => pages.includes(one));
    if (page !== undefined) return sitePath(page);
    wanted.add(file);
    return isPicture(file) ? sitePath(file) : sourcePath(file);
  }
}

const isPicture = (file: string): boolean => /\.(png|svg)$/.test(file);
const sourcePath = (file: string): string => `source/${file}.md`;

/** Comments are for those who write pages. Text within code stays as it is. */
const withoutComments = (text: string): string => text.replaceAll(/^<!--.*-->\n/gm, '');

/** Blocks that are indented get fences, and with them a frame and a button that copies. */
const fenced = (text: string): string =>
  text.replaceAll(
    /(?<=\n\n)(?: {4}.*\n(?:\n(?= {4}))*)+/g,
    block => `\`\`\`sh\n${block.replaceAll(/^ {4}/gm, '')}\`\`\`\n`,
  );

function write(stage: string, path: string, text: string): void {
  mkdirSync(dirname(join(stage, path)), { recursive: true });
  writeFileSync(join(stage, path), text);
}

/** A page with the contents of a file, or with the names in a folder. */
function shown(root: string, file: string): string {
  const path = join(root, file);
  const heading = `---\nsearch: false\n---\n\n# \`${file}\`\n\n`;
  if (statSync(path).isDirectory()) return heading + listed(path, file);
  const language = extname(file).slice(1);
  return `${heading}\`\`\`\`${language}\n${readFileSync(path, 'utf8')}\`\`\`\`\n`;
}

/** Pages in a folder by their titles, other files by their names. */
function listed(path: string, folder: string): string {
  const lines = readdirSync(path).map(name => {
    if (!name.endsWith('.md')) return `- \`${name}\``;
    const [, title] = /^# (.*)$/m.exec(readFileSync(join(path, name), 'utf8'))!;
    const from = posix.dirname(sourcePath(folder));
    return `- [${title}](${posix.relative(from, sitePath(`${folder}/${name}`))})`;
  });
  return `${lines.join('\n')}\n`;
}
