/** How a file's characters are laid down, as far as ids and secrets go, which are ASCII. */
export interface Encoding {
  /** Bytes of a character. UTF-8, binary and everything else has one byte for each character of ASCII. */
  width: 1 | 2;
  label: "latin1" | "utf-16le" | "utf-16be";
  /** Neither text of one byte nor of two: ids may be in it in a form that is not looked for. */
  isBinary: boolean;
}

const sample = 4_096;

/** By byte order mark; without one, by where the zero bytes are that ASCII has in UTF-16. */
export const encodingOf = (bytes: Uint8Array): Encoding => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { width: 2, label: "utf-16le", isBinary: false };
  if (first === 0xfe && second === 0xff) return { width: 2, label: "utf-16be", isBinary: false };
  const head = bytes.subarray(0, sample);
  const zeros = (parity: number): number =>
    head.reduce((count, byte, index) => (byte === 0 && index % 2 === parity ? count + 1 : count), 0);
  const [even, odd] = [zeros(0), zeros(1)];
  const mostOfHalf = head.length * 0.35;
  if (odd > mostOfHalf && even === 0) return { width: 2, label: "utf-16le", isBinary: false };
  if (even > mostOfHalf && odd === 0) return { width: 2, label: "utf-16be", isBinary: false };
  return { width: 1, label: "latin1", isBinary: even + odd > 0 };
};

/** The characters of that part of the file, one for each byte or each two, so that places can be counted back. */
export const decode = (bytes: Uint8Array, { label }: Encoding, from: number, to: number): string =>
  new TextDecoder(label, { ignoreBOM: true }).decode(bytes.subarray(from, to));

/** Where a line starts, in bytes; the file's end where it has fewer lines. Lines from 1. */
export const lineStart = (bytes: Uint8Array, line: number): number => {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const end = bytes.indexOf(10, start);
    if (end === -1) return bytes.length;
    start = end + 1;
  }
  return start;
};
