/** A piece of a snippet, marked when it is what was looked for. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** Cuts a snippet at its marks. The core counts bytes of UTF-8. */
export function pieces(snippet: string, marks: readonly { start: number; end: number }[]): Piece[] {
  const bytes = new TextEncoder().encode(snippet);
  const decoder = new TextDecoder();
  const cut = (from: number, to: number): string => decoder.decode(bytes.subarray(from, to));
  const all: Piece[] = [];
  let at = 0;
  for (const { start, end } of [...marks].sort((a, b) => a.start - b.start)) {
    if (start < at || end <= start) continue;
    if (start > at) all.push({ text: cut(at, start), marked: false });
    all.push({ text: cut(start, end), marked: true });
    at = end;
  }
  if (at < bytes.length) all.push({ text: cut(at, bytes.length), marked: false });
  return all;
}
