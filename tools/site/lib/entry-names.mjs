/**
 * @typedef {object} Application the part of TypeDoc's application that is used here
 * @property {{ addDeclaration(option: object): void, getValue(name: string): unknown }} options
 * @property {{ on(event: string, listener: (context: { project: { children?: { name: string }[] } }) => void): void }} converter
 */

/**
 * A plugin of TypeDoc: modules are called what they are imported as, which the option `entryNames` says. TypeDoc calls them by their
 * files, from the folder that all are in.
 * @param {Application} app
 */
export function load({ options, converter }) {
  options.addDeclaration({
    name: 'entryNames',
    help: 'names of entries',
    type: 6 /* anything */,
    defaultValue: {},
  });
  converter.on('resolveBegin', ({ project }) => {
    const names = /** @type {Record<string, string>} */ (options.getValue('entryNames'));
    for (const module of project.children ?? []) {
      const name = names[module.name];
      if (name === undefined) throw new Error(`TypeDoc calls an entry ${module.name}`);
      module.name = name;
    }
  });
}
