import type { ResultFile } from '../study/messages.js';
import { useFileUrl } from './use-file-url.js';

/** What downloads need. */
interface DownloadsProps {
  readonly label: string;
  readonly files: readonly ResultFile[];
}

/** The files of a result. */
export function Downloads({ label, files }: DownloadsProps) {
  return (
    <section aria-label={label}>
      <h2>{label}</h2>
      <ul class="files">
        {files.map(file => (
          <li key={file.name}>
            <Download {...file} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Download({ name, contents }: ResultFile) {
  const url = useFileUrl(contents, 'application/octet-stream');
  return (
    <a href={url} download={name}>
      {name}
    </a>
  );
}
