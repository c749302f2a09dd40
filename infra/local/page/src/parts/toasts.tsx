import { useCallback, useState } from 'react';

type Toast = { id: number; text: string };

const SHOWN_MS = 6000;

export function useToasts() {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const toast = useCallback((text: string) => {
    const id = Date.now() + Math.random();
    setToasts((now) => [...now, { id, text }]);
    setTimeout(() => setToasts((now) => now.filter((each) => each.id !== id)), SHOWN_MS);
  }, []);
  return { toasts, toast };
}

export function Toasts({ toasts }: { toasts: Toast[] }) {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className="toast">
          {toast.text}
        </div>
      ))}
    </div>
  );
}
