/** Why models cannot be run in Node, in one line with what to do, by what loading onnxruntime-node failed with. */
export function missingRuntime(cause: NodeJS.ErrnoException): Error {
  const [problem] = cause.message.split('\n');
  const message = problem.startsWith("Cannot find module 'onnxruntime-node'")
    ? 'onnxruntime-node, which runs models in Node, is not installed; run `npm install onnxruntime-node@1.30` where this program is installed'
    : `onnxruntime-node does not load on ${process.platform}/${process.arch} (${problem}); it needs Linux with glibc, macOS on ARM or Windows; webRuntime of @nads/runtime/web runs everywhere`;
  return new Error(message, { cause });
}
