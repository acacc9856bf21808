/**
 * The anchor of a heading, as sites that show repositories make it: what is no letter, digit, hyphen or space goes, spaces become hyphens.
 * @param {string} heading
 */
export const headingAnchor = heading =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
