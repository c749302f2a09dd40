import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Json } from '../contract.ts';
import { plainWords, TextObject } from '../text/text-object.tsx';

/** Asks 'are you sure' where the app wants it, before an element acts. */
export function useConfirm(confirm: Json | undefined): {
  dialog: ReactNode;
  confirmed: (then: () => void) => void;
} {
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const dialog =
    confirm && waiting ? (
      <ConfirmDialog
        confirm={confirm}
        onAnswer={(yes) => {
          setWaiting(null);
          if (yes) waiting();
        }}
      />
    ) : null;
  return { dialog, confirmed: (then) => (confirm ? setWaiting(() => then) : then()) };
}

function ConfirmDialog({ confirm, onAnswer }: { confirm: Json; onAnswer: (yes: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="dialog dialog-small"
      aria-label={plainWords(confirm.title) || 'Are you sure?'}
      onCancel={() => onAnswer(false)}
    >
      <h2>{plainWords(confirm.title) || 'Are you sure?'}</h2>
      <p>
        <TextObject text={confirm.text} />
      </p>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {plainWords(confirm.deny) || 'Cancel'}
        </button>
        <button
          type="button"
          className={`button button-${confirm.style === 'danger' ? 'danger' : 'primary'}`}
          onClick={() => onAnswer(true)}
        >
          {plainWords(confirm.confirm) || 'Yes'}
        </button>
      </div>
    </dialog>
  );
}
