import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether `X-Hub-Signature-256` is that of these bytes by any of the secrets.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export const isSignedBy = (
  secrets: readonly string[],
  signature: string | undefined,
  body: Uint8Array,
): boolean => {
  const [, digest] = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? "") ?? [];
  if (digest === undefined) return false;
  const given = Buffer.from(digest, "hex");
  // Every secret is tried, so that the time tells nothing of which one it is.
  return secrets
    .map((secret) => timingSafeEqual(createHmac("sha256", secret).update(body).digest(), given))
    .some((isEqual) => isEqual);
};
