/** A file that is known by name. */
export interface KnownFile {
  readonly name: string;
  /** Where it can be had. */
  readonly url?: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256?: string;
}

/** Where a file is to be had, and what is known of it. */
export interface Address {
  /** As it was asked for, for messages. */
  readonly name: string;
  readonly url: string;
  readonly sha256?: string;
}

/**
 * The address of a file: of an URL itself; of `hf:OWNER/REPO/PATH`, or `hf:OWNER/REPO@REVISION/PATH`, where Hugging Face documents that it lies
 * (`resolve/REVISION/PATH`, `main` by default); of the name of a known file the one that it is listed with.
 * @throws for another name, and for http without s to another machine
 */
export function addressOf(what: string, known: readonly KnownFile[] = []): Address {
  if (what.startsWith('hf:')) return { name: what, url: huggingFace(what) };
  if (/^[a-z]+:\/\//i.test(what)) return { name: what, url: requireSafe(what) };
  const found = known.find(({ name }) => name === what);
  if (!found)
    throw new Error(
      `unknown file '${what}'; give an https address, hf:OWNER/REPO/PATH, or one of ${known.map(({ name }) => name).join(', ') || 'a list of known files'}`,
    );
  if (found.url === undefined) throw new Error(`${what}: no address of it is known`);
  return { name: what, url: found.url, sha256: found.sha256 };
}

function huggingFace(what: string): string {
  const [, owner, repo, revision = 'main', path] =
    /^hf:([\w.-]+)\/([\w.-]+)(?:@([\w.-]+))?\/([\w./ -]+)$/.exec(what) ?? [];
  const parts = what.slice('hf:'.length).split(/[/@]/);
  if (path === undefined || parts.some(part => part === '.' || part === '..'))
    throw new Error(
      `'${what}': expected hf:OWNER/REPO/PATH, as in hf:onnx-community/resnet-50/onnx/model.onnx`,
    );
  return `https://huggingface.co/${owner}/${repo}/resolve/${revision}/${encodeURI(path)}`;
}

/** Whoever is on the way could change what comes by http. */
function requireSafe(what: string): string {
  const { protocol, hostname } = new URL(what);
  if (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
  )
    return what;
  throw new Error(`${what}: expected an address that begins with https://`);
}
