/** A comment that tells a scanner to look away, in a line that the change adds. */
export interface InlineIgnore {
  path: string;
  line: number;
  comment: string;
}

/**
 * What scanners take for permission in the code itself. Whoever writes one needs nobody's consent, and no review of
 * paths sees it: so none may be added.
 */
const comments =
  /trufflehog:ignore|gitleaks:allow|ggignore|pragma:\s*(?:allowlist|whitelist)\s*(?:nextline\s*)?secret|nosecret\b|detect-secrets:\s*ignore/i;

/** Reads a unified diff (`git diff --unified=0`). */
export const inlineIgnores = (diff: string): InlineIgnore[] => {
  const found: InlineIgnore[] = [];
  let path = "";
  let line = 0;
  for (const text of diff.split("\n")) {
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(text);
    if (text.startsWith("+++ ")) {
      path = text.slice(4).replace(/^b\//, "").trimEnd();
    } else if (hunk !== null) {
      line = Number(hunk[1]);
    } else if (text.startsWith("+")) {
      const [comment] = comments.exec(text) ?? [];
      if (comment !== undefined) found.push({ path, line, comment });
      line += 1;
    } else if (text.startsWith(" ")) {
      line += 1;
    }
  }
  return found;
};
