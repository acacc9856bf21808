import { escaped } from '../svg.js';
import { factsMarkup, type Fact } from './facts.js';
import { figuresMarkup, type PageFigure } from './figures.js';
import { tableMarkup, type PageTable } from './table.js';

/** Something on a page. */
export type PagePart =
  | { readonly paragraph: string }
  /** What is to be typed into a terminal. */
  | { readonly command: string }
  /** A heading below that of the section. */
  | { readonly subheading: string }
  | { readonly facts: readonly Fact[] }
  /** Facts that are folded away below a line. */
  | { readonly details: string; readonly facts: readonly Fact[] }
  /** Beside each other where there is room. */
  | { readonly figures: readonly PageFigure[] }
  | { readonly table: PageTable };

/** A part of a page as HTML. */
export function partMarkup(part: PagePart): string {
  if ('paragraph' in part) return `<p>${escaped(part.paragraph)}</p>`;
  if ('command' in part) return `<pre><code>${escaped(part.command)}</code></pre>`;
  if ('subheading' in part) return `<h3>${escaped(part.subheading)}</h3>`;
  if ('details' in part) return detailsMarkup(part.details, part.facts);
  if ('facts' in part) return factsMarkup(part.facts);
  if ('figures' in part) return figuresMarkup(part.figures);
  return tableMarkup(part.table);
}

const detailsMarkup = (summary: string, facts: readonly Fact[]): string =>
  ['<details>', `<summary>${escaped(summary)}</summary>`, factsMarkup(facts), '</details>'].join(
    '\n',
  );
