/** A message of a library, which names options in backticks, with the flags that they have here: `maxNetworks` is --max-networks. */
export const withFlags = (message: string): string =>
  message.replaceAll(/`([a-z][A-Za-z]*)`/g, (_, option: string) => `--${kebab(option)}`);

const kebab = (name: string): string =>
  name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
