/** Says that no network's output ever changed, so that there is no direction that one of them prefers. */
export class NoResponse extends Error {
  override readonly name = 'NoResponse';

  constructor(networks: number) {
    super(
      `the outputs of ${networks} network(s) with fresh weights changed along no direction, so there is none that they prefer; try another seed, other points with \`points\`, a larger \`step\`, or another \`init\` with a larger gain, as in he-fan-in`,
    );
  }
}
