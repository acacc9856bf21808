import type { ResultFile } from '../study/messages.js';
import { useFileUrl } from './use-file-url.js';

/** The files of a result. */
export function Downloads({ files }: { readonly files: readonly ResultFile[] }) {
  return (
    <section aria-label="Files">
      <h2>Files</h2>
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
