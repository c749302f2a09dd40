import { useEffect, useRef, useState } from 'react';
import { useActions } from '../actions.ts';
import type { Values } from '../blocks/block-context.ts';
import type { Json, PageView } from '../contract.ts';
import { stateOf } from '../elements/initial-value.ts';
import { plainWords } from '../text/text-object.tsx';
import { withValue } from './message-blocks.tsx';
import { ViewBlocks } from './view-blocks.tsx';

/** The forms that the app has opened for this person; the topmost is shown. */
export function ModalStack() {
  const { state } = useActions();
  const top = state.views.at(-1);
  return top ? <Modal key={top.id} open={top} isFirst={state.views.length === 1} /> : null;
}

function Modal({ open, isFirst }: { open: PageView; isFirst: boolean }) {
  const { ask } = useActions();
  const dialog = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState<Values>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [sending, setSending] = useState(false);
  const { view } = open;
  const blocks = view.blocks as Json[];
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  // As in Slack, the first input that something is wrong with comes into view.
  useEffect(() => {
    if (Object.values(errors).some(Boolean))
      dialog.current?.querySelector('[aria-invalid="true"]')?.scrollIntoView({ block: 'center' });
  }, [errors]);
  const close = () => void ask('close', { view: open.id });

  async function submit() {
    setSending(true);
    setErrors({});
    const reply = await ask('submit', { view: open.id, values: stateOf(blocks, values) });
    setSending(false);
    setErrors(reply.errors ?? {});
  }

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="modal-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <header className="dialog-head">
          <h2 id="modal-title">{plainWords(view.title)}</h2>
          <button type="button" className="close-button" aria-label="Close" onClick={close}>
            ×
          </button>
        </header>
        <div className="dialog-body">
          <ViewBlocks
            viewId={open.id}
            blocks={blocks}
            values={values}
            errors={errors}
            setValue={(blockId, element, value) => {
              setValues((now) => withValue(now, blockId, element, value));
              setErrors((now) => ({ ...now, [blockId]: '' }));
            }}
          />
        </div>
        <footer className="dialog-buttons">
          <button type="button" className="button" onClick={close}>
            {plainWords(view.close) || (isFirst ? 'Cancel' : 'Back')}
          </button>
          {Boolean(view.submit) && (
            <button type="submit" className="button button-primary" disabled={sending} aria-busy={sending}>
              {plainWords(view.submit)}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}
