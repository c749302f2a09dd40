import { type ReactNode, useState } from 'react';

export type DroppedFiles = {
  list: File[];
  add: (files: Iterable<File>) => void;
  remove: (file: File) => void;
  clear: () => void;
};

/** Files that wait to be sent with the next message. */
export function useDroppedFiles(): DroppedFiles {
  const [list, setList] = useState<File[]>([]);
  return {
    list,
    add: (files) => setList((now) => [...now, ...files]),
    remove: (file) => setList((now) => now.filter((each) => each !== file)),
    clear: () => setList([]),
  };
}

/** The middle of the page: files may be dropped anywhere on it. */
export function DropZone({ files, children }: { files: DroppedFiles; children: ReactNode }) {
  const [over, setOver] = useState(false);
  return (
    <main
      className="main"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        files.add(event.dataTransfer.files);
      }}
    >
      {children}
      {over && <div className="drop-veil">Drop the files to share them here</div>}
    </main>
  );
}
