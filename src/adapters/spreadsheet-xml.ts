export type XmlHandler = {
  /** `name` is without its namespace prefix; `attributes` is their raw text. */
  open(name: string, attributes: string, empty: boolean): void;
  text?(raw: string): void;
  close(name: string): void;
  /**
   * A short way for an element whose name is one letter (given as its character code), such as the cells `<c ...>`: `read` is given
   * where the element begins and says where it ends, or -1 when it is to be told through `open`, `text` and `close` after all.
   */
  whole?: { letter: number; read(open: number): number };
};

/**
 * One linear pass over XML text. It knows no document type and no entities of its own, so none can be expanded; what is not
 * well-formed is passed over. Enough for the few elements of a workbook, and it cannot be made slow.
 */
export function scanXml(xml: string, handler: XmlHandler): void {
  const { whole } = handler;
  let at = 0;
  while (at < xml.length) {
    const open = xml.indexOf('<', at);
    if (open === -1) return;
    if (open > at) handler.text?.(xml.slice(at, open));
    const second = xml.charCodeAt(open + 1);
    if (whole !== undefined && second === whole.letter && xml.charCodeAt(open + 2) === 32) {
      const end = whole.read(open);
      if (end !== -1) {
        at = end;
        continue;
      }
    }
    if (second === 33 /* ! */ || second === 63 /* ? */) {
      at = skipDeclaration(xml, open, handler);
      continue;
    }
    const end = xml.indexOf('>', open);
    if (end === -1) return;
    if (second === 47 /* / */) handler.close(localName(xml, open + 2, end));
    else {
      const empty = xml.charCodeAt(end - 1) === 47;
      const stop = empty ? end - 1 : end;
      const nameEnd = endOfName(xml, open + 1, stop);
      const name = localName(xml, open + 1, nameEnd);
      handler.open(name, xml.slice(nameEnd, stop), empty);
      if (empty) handler.close(name);
    }
    at = end + 1;
  }
}

/** The value of one attribute, with entities resolved; undefined when it is not there. */
export function attribute(attributes: string, name: string): string | undefined {
  let at = attributes.indexOf(`${name}=`);
  while (at > 0 && attributes.charCodeAt(at - 1) > 32) at = attributes.indexOf(`${name}=`, at + 1);
  if (at === -1) return undefined;
  const quote = attributes[at + name.length + 1];
  if (quote !== '"' && quote !== "'") return undefined;
  const start = at + name.length + 2;
  const end = attributes.indexOf(quote, start);
  return end === -1 ? undefined : unescapeXml(attributes.slice(start, end));
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function unescapeXml(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return ENTITIES[entity.toLowerCase()] ?? whole;
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function skipDeclaration(xml: string, open: number, handler: XmlHandler): number {
  if (xml.startsWith('<!--', open)) return after(xml, '-->', open);
  if (xml.startsWith('<![CDATA[', open)) {
    const end = after(xml, ']]>', open);
    handler.text?.(
      xml
        .slice(open + 9, end - 3)
        .replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;')),
    );
    return end;
  }
  return after(xml, '>', open);
}

function after(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from);
  return found === -1 ? xml.length : found + mark.length;
}

function endOfName(xml: string, start: number, stop: number): number {
  let at = start;
  while (at < stop && xml.charCodeAt(at) > 32) at++;
  return at;
}

function localName(xml: string, start: number, end: number): string {
  if (end - start === 1) return xml[start] as string;
  const name = xml.slice(start, end).trimEnd();
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
