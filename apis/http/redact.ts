/** Fields of request bodies whose values, at any depth below them, are secret. */
const secretField = /secret|password|token|credential/i;

/** Shorter values are no secrets, and replacing them would garble every text. */
const shortestSecret = 4;

const strings = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
};

/** The secret values that a request body carries. */
export const secretsIn = (body: unknown): string[] =>
  typeof body !== "object" || body === null
    ? []
    : Object.entries(body).flatMap(([field, value]) =>
        secretField.test(field) ? strings(value) : secretsIn(value),
      );

/** The token of a Bearer header; the whole of a Basic header, and the password in it. */
export const secretsInAuthorization = (header = ""): string[] => {
  const [scheme = "", credentials = ""] = header.split(" ");
  const password = /^basic$/i.test(scheme)
    ? Buffer.from(credentials, "base64")
        .toString("utf8")
        .replace(/^[^:]*:/, "")
    : "";
  return [credentials, password];
};

/** A secret as it is, as it stands in JSON, and either of them in a URL. */
const spellings = (secret: string): string[] =>
  [secret, JSON.stringify(secret).slice(1, -1)].flatMap((text) => [
    text,
    encodeURIComponent(text.toWellFormed()),
  ]);

/** The same value with each secret in it, at any depth, replaced: an answer may echo what was sent. */
export const redact = <T>(value: T, secrets: readonly string[]): T => {
  const known = secrets.filter((secret) => secret.length >= shortestSecret).flatMap(spellings);
  // The longest first, or a secret that contains another would survive in part.
  known.sort((a, b) => b.length - a.length);
  const clean = (text: string) => known.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  const walk = (item: unknown): unknown => {
    if (typeof item === "string") return clean(item);
    if (Array.isArray(item)) return item.map(walk);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([field, inner]) => [clean(field), walk(inner)]));
  };
  return walk(value) as T;
};
