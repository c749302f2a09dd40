import type { ReactNode } from 'react';

/** Links lead to http and https only; anything else is shown as text. Own links stay on the page. */
export function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  const url = safeUrl(href);
  if (!url) return <>{children}</>;
  if (url.origin === location.origin && url.hash !== '') return <a href={url.hash}>{children}</a>;
  return (
    <a href={url.href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

export function safeUrl(href: string | undefined): URL | undefined {
  try {
    const url = new URL(href ?? '');
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}
