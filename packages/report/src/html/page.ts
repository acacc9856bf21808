import { escaped } from '../svg.js';
import { contentPolicy } from './content-policy.js';
import { partMarkup, type PagePart } from './page-part.js';
import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';

/** A heading, and what stands below it. */
export interface PageSection {
  readonly heading: string;
  readonly parts: readonly PagePart[];
}

/** A page: its title, what stands below that, and sections. */
export interface PageOptions {
  readonly title: string;
  readonly parts?: readonly PagePart[];
  /** Whether the headings of sections are listed at the beginning, as links. */
  readonly contents?: boolean;
  readonly sections?: readonly PageSection[];
}

/**
 * A whole HTML document in one file, for light and dark screens, narrow and wide ones, and paper. All text is escaped; its content
 * policy allows its own style and script, and nothing from anywhere else. Without scripts only the buttons are missing.
 */
export const page = ({ title, parts = [], contents = false, sections = [] }: PageOptions): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy(pageStyle, pageScript)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escaped(title)}</h1>`,
    ...parts.map(partMarkup),
    ...(contents ? [contentsMarkup(sections)] : []),
    ...sections.map((one, i) => sectionMarkup(one, contents ? ` id="${sectionId(i)}"` : '')),
    '</main>',
    `<script>${pageScript}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');

const sectionId = (i: number): string => `section-${i + 1}`;

const contentsMarkup = (sections: readonly PageSection[]): string =>
  [
    '<nav aria-label="Contents">',
    '<ul>',
    ...sections.map(
      ({ heading }, i) => `<li><a href="#${sectionId(i)}">${escaped(heading)}</a></li>`,
    ),
    '</ul>',
    '</nav>',
  ].join('\n');

const sectionMarkup = ({ heading, parts }: PageSection, attributes: string): string =>
  [
    `<section${attributes}>`,
    `<h2>${escaped(heading)}</h2>`,
    ...parts.map(partMarkup),
    '</section>',
  ].join('\n');
