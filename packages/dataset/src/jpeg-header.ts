/** A channel: its identifier, and how often it is sampled across and down, compared with the others. */
export interface JpegComponent {
  readonly id: number;
  readonly across: number;
  readonly down: number;
}

/** What a JPEG file says of its picture. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly precision: number;
  readonly components: readonly JpegComponent[];
  /** The marker of the frame: 0xc0 baseline, 0xc1 extended, 0xc2 progressive; others are rare. */
  readonly frame: number;
  /** What Adobe's segment says of the colours, where there is one: 0 none, 1 YCbCr, 2 YCCK. */
  readonly transform?: number;
  /** Where Adobe's marker byte lies. */
  readonly adobeAt?: number;
  /** Where the first scan begins. */
  readonly scansFrom: number;
}

/** Whether the bytes start as a JPEG file does. */
export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

export const damaged = (file: string, why: string): Error =>
  new Error(`${file}: the JPEG is damaged: ${why}; copy it again`);

/**
 * The header of a JPEG file: its segments up to the first scan. (ITU-T T.81, annex B)
 * @throws if they are damaged; messages start with `file`
 */
export function readJpegHeader(bytes: Uint8Array, file: string): JpegHeader {
  let [frame, adobe]: [Frame?, { transform: number; adobeAt: number }?] = [];
  let scansFrom = 0;
  for (const { marker, at, data } of segments(bytes, file)) {
    scansFrom = at - 1;
    if (isFrame(marker)) {
      if (frame) throw damaged(file, 'it declares two frames');
      frame = frameOf(marker, data, file);
    }
    if (
      marker === 0xee &&
      data.length >= 12 &&
      String.fromCharCode(...data.subarray(0, 5)) === 'Adobe'
    )
      adobe = { transform: data[11], adobeAt: at };
  }
  if (!frame) throw damaged(file, 'it declares no frame before its first scan');
  return { ...frame, ...adobe, scansFrom };
}

type Frame = Pick<JpegHeader, 'width' | 'height' | 'precision' | 'components' | 'frame'>;

interface Segment {
  readonly marker: number;
  /** Where the marker byte lies. */
  readonly at: number;
  readonly data: Uint8Array;
}

/** All up to and with the first scan's header. */
function* segments(bytes: Uint8Array, file: string): Generator<Segment> {
  let marker = 0;
  for (let at = 2; marker !== 0xda;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    marker = bytes[at + 1];
    const length = (bytes[at + 2] << 8) | bytes[at + 3];
    if (bytes[at] !== 0xff || length < 2 || at + 2 + length > bytes.length)
      throw damaged(file, `no whole segment at byte ${at} of ${bytes.length}`);
    yield { marker, at: at + 1, data: bytes.subarray(at + 4, at + 2 + length) };
    at += 2 + length;
  }
}

/** Markers of frames are 0xc0 to 0xcf but for three that stand for tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function frameOf(frame: number, data: Uint8Array, file: string): Frame {
  const [precision, h1, h0, w1, w0, count] = data;
  if (data.length < 6 || data.length !== 6 + 3 * count || count === 0)
    throw damaged(file, `the header of its frame takes ${data.length} bytes`);
  const components = Array.from({ length: count }, (_, i) => {
    const [id, sampling] = data.subarray(6 + 3 * i);
    return { id, across: sampling >> 4, down: sampling & 15 };
  });
  return { frame, precision, components, height: (h1 << 8) | h0, width: (w1 << 8) | w0 };
}
