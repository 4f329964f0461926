/**
 * How long a `Retry-After` header asks to wait, in milliseconds, from seconds or an HTTP date. Undefined where
 * the header is absent or neither.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export const retryAfter = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date.parse alone would take "-1" or "2" for a year.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};
