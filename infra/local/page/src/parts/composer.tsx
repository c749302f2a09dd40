import { useEffect, useRef, useState } from 'react';
import { useActions } from '../actions.ts';
import { sizeText } from '../text/times.ts';
import { CommandList } from './command-list.tsx';
import type { DroppedFiles } from './drop-zone.tsx';
import { Icon } from './icon.tsx';

/** Where people write: Enter sends, Shift and Enter makes a new line, '/' offers commands. */
export function Composer({
  channel,
  threadTs,
  files,
  label,
  hint,
  autoFocus = false,
}: {
  channel: string;
  threadTs?: string;
  files: DroppedFiles;
  label: string;
  /** Shown in the empty field; the label when left out. */
  hint?: string;
  autoFocus?: boolean;
}) {
  const { ask, upload, state } = useActions();
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: grows with its text
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 220)}px`;
  }, [text]);
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);

  async function send() {
    const words = text.trim();
    if (sending || (words === '' && files.list.length === 0)) return;
    setSending(true);
    const command = /^\/(\S+)\s*([\s\S]*)$/.exec(words);
    const known = command && state.commands.some((each) => each.command === `/${command[1]}`);
    const place = { channel, ...(threadTs ? { threadTs } : {}) };
    const reply =
      files.list.length > 0
        ? await upload(files.list, { ...place, text: words })
        : command && known
          ? await ask('command', { channel, command: `/${command[1]}`, text: command[2] ?? '' })
          : await ask('say', { ...place, text: words });
    setSending(false);
    if (!reply.ok) return;
    setText('');
    files.clear();
    field.current?.focus();
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <CommandList
        text={text}
        commands={threadTs ? [] : state.commands}
        onChoose={(command) => {
          setText(`${command} `);
          field.current?.focus();
        }}
      />
      {files.list.length > 0 && (
        <ul className="waiting-files">
          {files.list.map((file) => (
            <li key={`${file.name} ${file.size}`}>
              {file.name} <small>{sizeText(file.size)}</small>
              <button type="button" aria-label={`Remove ${file.name}`} onClick={() => files.remove(file)}>
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={field}
        rows={1}
        value={text}
        aria-label={label}
        placeholder={hint ?? label}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          if (event.clipboardData.files.length > 0) files.add(event.clipboardData.files);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <div className="composer-tools">
        <button
          type="button"
          className="tool-button"
          title="Attach files"
          aria-label="Attach files"
          onClick={() => picker.current?.click()}
        >
          <Icon name="attach" />
        </button>
        <button
          type="button"
          className="tool-button"
          title="Mention Plumbline"
          aria-label="Mention Plumbline"
          onClick={() => {
            setText((now) => `${now}${now === '' || now.endsWith(' ') ? '' : ' '}@plumbline `);
            field.current?.focus();
          }}
        >
          @
        </button>
        {!threadTs && state.commands.length > 0 && (
          <button
            type="button"
            className="tool-button"
            title="Commands"
            aria-label="Commands"
            onClick={() => {
              setText('/');
              field.current?.focus();
            }}
          >
            /
          </button>
        )}
        <span className="composer-hint">Enter sends · Shift + Enter for a new line</span>
        <button
          type="submit"
          className="send-button"
          aria-label="Send"
          disabled={sending || (text.trim() === '' && files.list.length === 0)}
        >
          <Icon name="send" size={17} />
        </button>
      </div>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          files.add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </form>
  );
}
