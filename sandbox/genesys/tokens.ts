import { timingSafeEqual } from "node:crypto";
import type { Handler, SimulatedRequest, SimulatedResponse } from "../http/responder.ts";
import type { Platform } from "./platform.ts";
import { RateLimit } from "./rate-limit.ts";
import type { ClientRecord } from "./records.ts";

/**
 * POST /oauth/token.
 *
 * Verified: Basic authentication with a form body, the answer's fields, that a rate limit is a 400 whose text
 * starts with `rate limit exceeded;` (SDK 262, Terraform provider). Claimed: the bodies of `invalid_client` and
 * `unauthorized_client`. Assumed: `unsupported_grant_type`, the lifetime told a second short, the shapes of a denied
 * address.
 */
export const tokenEndpoint = (platform: Platform): Record<string, Handler> => {
  const rate = new RateLimit(platform.world.now, platform.options.tokenRequestsPerMinute ?? 300);
  return { "POST /oauth/token": (request) => grantToken(platform, rate, request) };
};

const grantToken = (platform: Platform, rate: RateLimit, request: SimulatedRequest): SimulatedResponse => {
  const { world, switches } = platform;
  world.settle();
  const address = platform.addressOf(request);
  const form = new URLSearchParams(request.text);
  const { id, secret } = readCredentials(request, form);
  const excess = rate.excess(id);
  if (excess !== undefined) {
    const response = refusal("invalid_request", `rate limit exceeded; retry after ${excess} seconds`);
    return { ...response, headers: { "retry-after": String(excess) } };
  }
  const grantType = form.get("grant_type");
  if (grantType === null) return refusal("invalid_request", "missing grant_type");
  if (grantType !== "client_credentials")
    return refusal("unsupported_grant_type", "grant type not supported");

  const client = world.clients.peek(id);
  if (client === undefined || client.state !== "active" || !isSecretOf(client, secret)) {
    if (switches.auditFailedGrants) audit(platform, client, id, address, "ACCESS_TOKEN_CREATE_FAILURE");
    return refusal("invalid_client", "authentication failed");
  }
  if (client.authorizedGrantType !== "CLIENT-CREDENTIALS") {
    return refusal("unauthorized_client", "client is not authorized for this grant type");
  }
  if (!platform.admits(client, address)) {
    if (switches.auditDeniedAddresses) audit(platform, client, id, address, "ACCESS_TOKEN_CREATE_FAILURE");
    return deniedAddress(switches.deniedAddress);
  }
  const lifetimeSeconds = client.accessTokenValiditySeconds;
  const { token } = world.tokens.issue(client.id, lifetimeSeconds, address);
  if (switches.auditTokenGrants) audit(platform, client, id, address, "ACCESSTOKENCREATE_SUCCESS");
  return {
    status: 200,
    body: { access_token: token, token_type: "bearer", expires_in: lifetimeSeconds - 1 },
  };
};

const refusal = (error: string, description: string, status = 400): SimulatedResponse => ({
  status,
  body: { error, description, error_description: description },
});

const deniedAddress = (shape: "invalidClient" | "unauthorized" | "forbidden"): SimulatedResponse => {
  switch (shape) {
    case "invalidClient":
      return refusal("invalid_client", "authentication failed");
    case "unauthorized":
      return refusal("unauthorized", "source address not allowed", 401);
    case "forbidden":
      return refusal("access_denied", "source address not allowed", 403);
  }
};

const readCredentials = (
  request: SimulatedRequest,
  form: URLSearchParams,
): { id: string; secret: string } => {
  const [scheme, value = ""] = (request.headers.authorization ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic") {
    return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
  }
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? { id: text, secret: "" } : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
};

const isSecretOf = (client: Readonly<ClientRecord>, secret: string): boolean => {
  const [given, real] = [Buffer.from(secret), Buffer.from(client.secret)];
  return given.length === real.length && timingSafeEqual(given, real);
};

const audit = (
  platform: Platform,
  client: Readonly<ClientRecord> | undefined,
  clientId: string,
  sourceAddress: string,
  messageCode: string,
): void => {
  const failed = messageCode !== "ACCESSTOKENCREATE_SUCCESS";
  platform.world.audits.record({
    entityType: "AccessToken",
    entityId: clientId,
    entityName: client?.name,
    action: failed ? "AuthenticationFailed" : "Create",
    status: failed ? "FAILURE" : "SUCCESS",
    messageCode,
    by: { clientId, sourceAddress },
  });
};
