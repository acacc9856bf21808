/** A file without its folders, for titles: 'lenet.onnx' of 'models/lenet.onnx'. */
export const fileName = (path: string): string => path.split(/[/\\]/u).findLast(Boolean) ?? path;

/** A basis without folders, for titles: 'nads:lenet' of 'nads:out/lenet'. */
export const basisTitle = (name: string): string => name.replace(/^(\w+:).*[/\\](?=.)/u, '$1');
