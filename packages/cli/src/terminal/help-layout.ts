import { Help } from 'commander';

/** Columns that text is wrapped to at least. */
const narrowest = 20;

/** How help is laid out: where there is no room beside the terms, descriptions stand below them. */
export const helpLayout: Pick<Help, 'minWidthToWrap' | 'formatItem'> = {
  minWidthToWrap: narrowest,
  formatItem(this: Help, term, termWidth, description, helper) {
    const room = (this.helpWidth ?? 80) - termWidth - 4;
    return room >= narrowest || description === ''
      ? Help.prototype.formatItem.call(this, term, termWidth, description, helper)
      : below(term, helper.boxWrap(description, Math.max(narrowest, (this.helpWidth ?? 80) - 6)));
  },
};

const below = (term: string, text: string): string =>
  [`  ${term}`, ...text.split('\n').map(line => `      ${line}`)].join('\n');
