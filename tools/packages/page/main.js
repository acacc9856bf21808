import { differentiate, readModel, writeModel } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { webRuntimeWith } from '@nads/runtime/web';

/** Logits of LeNet and the gradient of the first, all of which a page does by itself: the title says what came out. */
async function gradientSize() {
  const bytes = new Uint8Array(await (await fetch('./lenet.onnx')).arrayBuffer());
  const { model, seeds, gradients } = differentiate(readModel(bytes, 'lenet.onnx'), {
    wrt: ['input'],
    of: ['logits'],
  });
  const session = await webRuntimeWith({ threads: 1 }).createSession(writeModel(model));
  const results = await session.run({
    input: float32(new Float32Array(1024).fill(0.5), [1, 1, 32, 32]),
    [seeds[0]]: float32(Float32Array.of(1, 0), [1, 2]),
  });
  return Math.hypot(...results[gradients[0]].data);
}

gradientSize().then(
  size => (document.title = `gradient ${size.toPrecision(4)}`),
  error => (document.title = `failed: ${error.message}`),
);
