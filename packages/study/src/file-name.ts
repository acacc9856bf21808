/** A file without its folders, for titles: 'lenet.onnx' of 'models/lenet.onnx'. */
export const fileName = (path: string): string => path.split(/[/\\]/u).findLast(Boolean) ?? path;
