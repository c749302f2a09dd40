import { useActions } from '../actions.ts';
import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import type { InnerInput } from './input.tsx';

export function FileInput({ element, id, value, change, describedBy }: InnerInput) {
  const { keepFiles } = useActions();
  const files = (value.files ?? []) as Json[];
  const types = (element.filetypes as string[] | undefined)?.map((type) => `.${type}`).join(',');
  return (
    <div>
      <input
        id={id}
        className="field"
        type="file"
        multiple={Number(element.max_files ?? 10) > 1}
        accept={types}
        aria-describedby={describedBy}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])].slice(0, Number(element.max_files ?? 10));
          if (chosen.length === 0) return;
          void keepFiles(chosen).then((ids) =>
            change({ files: ids.map((fileId, index) => ({ id: fileId, name: chosen[index]?.name ?? '' })) }),
          );
        }}
      />
      {files.length > 0 && <p className="input-hint">{files.map((file) => asText(file.name)).join(', ')}</p>}
    </div>
  );
}
