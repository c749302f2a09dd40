const MARK = "utf-8''";

/** S3 carries metadata in headers, which hold ASCII alone: other values are written as RFC 5987 does it. */
export function asciiMetadata(metadata: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [
      name,
      isSafe(value) ? value : `${MARK}${encodeURIComponent(value)}`,
    ]),
  );
}

export function textMetadata(metadata: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), decoded(value)]),
  );
}

/** Headers lose white space at their ends, and some servers lose an empty one. */
function isSafe(value: string): boolean {
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !value.startsWith(MARK);
}

function decoded(value: string): string {
  if (!value.startsWith(MARK)) return value;
  try {
    return decodeURIComponent(value.slice(MARK.length));
  } catch {
    // Written by somebody else.
    return value;
  }
}
