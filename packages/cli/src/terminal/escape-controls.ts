/** Takes the last line of a terminal away: what progress begins with. */
export const eraseLine = '\r\x1b[K';

/**
 * Text as it may be shown: names from a file could hold characters that clear the screen, forge lines or turn the direction of
 * writing, so these are shown as in JSON, `\u001b`. Ends of lines, tabs and an `eraseLine` in front stay.
 */
export function escapeControls(text: string): string {
  const rest = text.startsWith(eraseLine) ? text.slice(eraseLine.length) : text;
  return text.slice(0, text.length - rest.length) + rest.replaceAll(controls, escaped);
}

/** The same for a line: a name must not end it. */
export const escapeLine = (text: string): string => escapeControls(text).replaceAll('\n', '\\n');

/** Everything that is written as text to a stream goes through `escapeControls`. */
export function guardText(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  stream.write = (text: unknown, ...rest: unknown[]) =>
    write(typeof text === 'string' ? escapeControls(text) : text, ...rest);
}

/** Control characters (C0, DEL, C1), separators of lines and paragraphs, and what turns the direction of writing, but for tabs and `\n`. */
const controls = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const escaped = (character: string): string =>
  `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
