type Rewrite = (match: RegExpExecArray) => string;

/** What onnxruntime says of models that it cannot run, and how we say it. */
const rewrites: readonly (readonly [RegExp, Rewrite])[] = [
  [
    /In Node, \("(.*?)", (\w+), "(.*?)", .*No Op registered for \w+ with domain_version of (\d+)/s,
    ([, node, operator, , opset]) =>
      `node '${node}' (${operator}): onnxruntime has no such operator in opset ${opset}; export the model with operators of ONNX`,
  ],
  [
    /In Node, \("(.*?)", (\w+), "(.*?)", .*No opset import for domain/s,
    ([, node, operator, domain]) =>
      `node '${node}' (${operator}): the file gives no version of its domain '${domain}'; export it again`,
  ],
  [
    /Could not find an implementation for (\w+)\((\d+)\) node with name '(.*?)'/,
    ([, operator, version, node]) =>
      `node '${node}' (${operator}): onnxruntime has no ${operator} of version ${version} for these element types; export the model in float32`,
  ],
  [
    /Non-zero status code returned while running (\w+) node\. Name:'(.*?)' Status Message: (.*)/s,
    ([, operator, node, message]) => `node '${node}' (${operator}): ${plain(message)}`,
  ],
  [
    /Fatal error: (\S+):(\w+)\(-?\d+\) is not a registered function\/op/,
    ([, domain, operator]) =>
      `onnxruntime has no operator ${operator} of domain '${domain}'; export the model with operators of ONNX`,
  ],
  [
    /Node \((.*?)\) Op \((\w+)\) \[\w+\] (.*)/s,
    ([, node, operator, message]) => `node '${node}' (${operator}): ${plain(message)}`,
  ],
  [
    /Unexpected input data type\. Actual: .*expected: \(tensor\((\w+)\)\)/,
    ([, type]) => `it takes images of ${type}; convert the model to float32`,
  ],
  [
    /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
    ([, found, most]) =>
      `IR version ${found} is newer than onnxruntime reads (${most}); export the model for an older one`,
  ],
  [
    /Opset (\d+) is under development.*support for this is limited.*?(?:is )?till opset (\d+)/s,
    ([, found, most]) =>
      `opset ${found} is newer than onnxruntime knows (${most}); export the model with an older one`,
  ],
];

/** A message of the runtime in one readable line; any other message as it is. */
export function runtimeMessage(message: string): string {
  for (const [pattern, rewrite] of rewrites) {
    const match = pattern.exec(message);
    if (match) return rewrite(match);
  }
  return plain(message);
}

/** Without the place in the runtime's own sources, a C++ signature, or line breaks. */
const plain = (message: string): string =>
  message
    .replace(/^\/\S*onnxruntime\S*\.(?:cc|h):\d+ .*?\) /s, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
