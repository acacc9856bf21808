import { sha256 } from '@noble/hashes/sha2.js';
import { base64 } from '../base64.js';

/** A content security policy under which a page has this style and script and the images in it, and nothing else. */
export const contentPolicy = (style: string, script: string): string =>
  [
    "default-src 'none'",
    'img-src data:',
    `style-src '${digestOf(style)}'`,
    `script-src '${digestOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const digestOf = (text: string): string =>
  `sha256-${base64(sha256(new TextEncoder().encode(text)))}`;
