import { missingRuntime } from '../src/node/missing-runtime.js';

test('a package that is not installed is named, with the command that installs it', () => {
  const cause = new Error("Cannot find module 'onnxruntime-node'\nRequire stack:\n- a.js");
  expect(missingRuntime(cause)).toMatchObject({
    message: expect.stringMatching(/is not installed; run `npm install onnxruntime-node@/),
    cause,
  });
});

test('a package without a library for this platform is said to be one', () => {
  const cause = new Error("Cannot find module '../bin/napi-v6/sunos/x64/onnxruntime_binding.node'");
  const { message } = missingRuntime(cause);
  expect(message).toContain(`does not load on ${process.platform}/${process.arch} (Cannot find`);
  expect(message).not.toContain('\n');
});
