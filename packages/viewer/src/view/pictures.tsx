import type { Found, ResultFile } from '../study/messages.js';
import { useFileUrl } from './use-file-url.js';

/** What pictures need. */
interface PicturesProps {
  /** What is shown, for screen readers. */
  readonly label: string;
  readonly found: Found;
}

/** The pictures of a result, and its text. */
export function Pictures({ label, found: { files, text } }: PicturesProps) {
  return (
    <section class="pictures" aria-label={label}>
      <pre>{text.join('\n')}</pre>
      {shown(files).map(file => (
        <Picture key={file.name} {...file} />
      ))}
    </section>
  );
}

const descriptions: Readonly<Record<string, string>> = {
  'gallery.svg': 'The first directions as images, each above its Fourier energy',
  'spectrum.svg': 'Eigenvalues with standard errors, and the level of noise',
};

/** All pictures; of those that are together on a sheet the sheet. */
function shown(files: readonly ResultFile[]): ResultFile[] {
  const drawn = files.filter(({ name }) => name.endsWith('.svg'));
  const sheets = drawn.filter(({ name }) => name.endsWith('.sheet.svg'));
  return sheets.length > 0 ? sheets : drawn;
}

function Picture({ name, contents, caption }: ResultFile) {
  const url = useFileUrl(contents, 'image/svg+xml');
  return <figure>{url && <img src={url} alt={descriptions[name] ?? caption ?? name} />}</figure>;
}
