const here = '<out>';

/** Plain values with paths in a folder as they are wherever the folder lies: beginning with <out>. */
export const withoutFolder = (values: unknown, folder: string): unknown =>
  mapStrings(values, text => movedFrom(folder, here, text));

/** The same values with paths in the folder, which may lie elsewhere by now. */
export const withFolder = (values: unknown, folder: string): unknown =>
  mapStrings(values, text => movedFrom(here, folder, text));

const movedFrom = (from: string, to: string, path: string): string =>
  path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;

const mapStrings = (values: unknown, change: (text: string) => string): unknown =>
  values === undefined
    ? undefined
    : JSON.parse(
        JSON.stringify(values, (_, value: unknown) =>
          typeof value === 'string' ? change(value) : value,
        ),
      );
