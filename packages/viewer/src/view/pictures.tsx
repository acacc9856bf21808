import type { Found } from '../study/messages.js';
import { useFileUrl } from './use-file-url.js';

/** The pictures of a result, and its text. */
export function Pictures({ found: { files, text } }: { readonly found: Found }) {
  const drawn = files.filter(({ name }) => name.endsWith('.svg'));
  return (
    <section class="pictures" aria-label="Result">
      <pre>{text.join('\n')}</pre>
      {drawn.map(({ name, contents }) => (
        <Picture key={name} name={name} contents={contents} />
      ))}
    </section>
  );
}

const descriptions: Readonly<Record<string, string>> = {
  'gallery.svg': 'The first directions as images, each above its Fourier energy',
  'spectrum.svg': 'Eigenvalues with standard errors, and the level of noise',
};

function Picture({
  name,
  contents,
}: {
  readonly name: string;
  readonly contents: Uint8Array | string;
}) {
  const url = useFileUrl(contents, 'image/svg+xml');
  return <figure>{url && <img src={url} alt={descriptions[name] ?? name} />}</figure>;
}
