import type { ResultFile } from '../study/messages.js';
import { useLateFileUrl } from './use-file-url.js';

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

/** A link to a file, whose address is made when somebody is about to follow or copy it. */
function Download({ name, contents }: ResultFile) {
  const address = useLateFileUrl(contents, 'application/octet-stream');
  const prepare = ({ currentTarget }: { readonly currentTarget: HTMLAnchorElement }): void => {
    currentTarget.href = address();
  };
  return (
    <a href="#" download={name} onClick={prepare} onPointerDown={prepare} onContextMenu={prepare}>
      {name}
    </a>
  );
}
