/** A setting as options of commands have it: '--max-networks' of 'maxNetworks'. */
export const optionName = (setting: string): string =>
  `--${setting.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
