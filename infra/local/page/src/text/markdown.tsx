import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { SafeLink, safeUrl } from './safe-link.tsx';

/** Standard Markdown as elements: no raw HTML, no images, links to http and https only. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        skipHtml
        disallowedElements={['img']}
        urlTransform={(url) => safeUrl(url)?.href ?? ''}
        components={{
          a: ({ href, children }) => <SafeLink href={href ?? ''}>{children}</SafeLink>,
          table: ({ children }) => (
            <div className="table-scroll">
              <table className="table">{children}</table>
            </div>
          ),
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
