import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { TextObject } from '../text/text-object.tsx';

const SIGNS: Readonly<Record<string, [sign: string, name: string]>> = {
  default: ['●', 'Note'],
  info: ['i', 'For information'],
  warning: ['!', 'Warning'],
  error: ['×', 'Error'],
  success: ['✓', 'Done'],
};

export function AlertBlock({ block }: { block: Json }) {
  const level = asText(block.level ?? 'default');
  const [sign, name] = SIGNS[level] ?? ['●', 'Note'];
  return (
    <div
      className={`alert alert-${level}`}
      role={level === 'error' || level === 'warning' ? 'alert' : 'note'}
    >
      <span className="alert-sign" role="img" aria-label={name}>
        {sign}
      </span>
      <div>
        <TextObject text={block.text} />
      </div>
    </div>
  );
}
