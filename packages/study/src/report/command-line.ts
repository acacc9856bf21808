/** Characters that no shell takes for anything else. */
const plain = /^[\w./:,=@%+~^-]+$/u;

/** A command as it is typed into a shell of Unix: words with other characters in single quotes. */
export const commandLine = (words: readonly string[]): string => words.map(quoted).join(' ');

const quoted = (word: string): string =>
  plain.test(word) && !word.startsWith('~') ? word : `'${word.replaceAll("'", `'\\''`)}'`;
