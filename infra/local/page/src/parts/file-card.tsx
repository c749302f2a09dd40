import { useActions } from '../actions.ts';
import type { PageFile } from '../contract.ts';
import { sizeText } from '../text/times.ts';

const SIGNS: Readonly<Record<string, string>> = {
  csv: 'CSV',
  xlsx: 'XLS',
  xls: 'XLS',
  ods: 'ODS',
  pdf: 'PDF',
  png: 'IMG',
  sql: 'SQL',
  json: 'JSON',
};

export function FileCard({ file }: { file: PageFile }) {
  const { fileUrl } = useActions();
  if (/^image\/(png|jpeg|gif)$/.test(file.mimetype))
    return (
      <figure className="file-image">
        <figcaption>{file.title}</figcaption>
        <img src={fileUrl(file.id)} alt={file.altText ?? file.title} loading="lazy" />
      </figure>
    );
  const ending = file.name.split('.').pop()?.toLowerCase() ?? '';
  return (
    <a className="file-card" href={fileUrl(file.id)} download={file.name}>
      <span className={`file-sign file-${SIGNS[ending] ?? 'other'}`} aria-hidden="true">
        {SIGNS[ending] ?? 'FILE'}
      </span>
      <span>
        <strong>{file.title}</strong>
        <small>{sizeText(file.sizeBytes)} · Download</small>
      </span>
    </a>
  );
}
