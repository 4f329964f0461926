/** Something in a file that looks like a secret. It holds the fingerprint of the text, never the text. */
export interface Finding {
  path: string;
  /** From 1. */
  line: number;
  commit?: string;
  /** What found it: a pattern's name, or the scanner's detector. */
  rule: string;
  /** SHA-256 of the secret, 64 hexadecimal digits: what an entry of the allow-list names. */
  fingerprint: string;
}

/** One finding for each secret at a place, however many rules see it. */
export const distinct = (findings: readonly Finding[]): Finding[] => {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.path} ${finding.line} ${finding.fingerprint}`;
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()].sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
};
