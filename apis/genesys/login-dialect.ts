import type { Answer } from "../http/call.ts";
import type { Dialect } from "../http/client.ts";
import { InvalidCredentialsError, PlatformError } from "../http/errors.ts";
import { WrongGrantTypeError } from "./errors.ts";
import { serviceName } from "./settings.ts";

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.2, with the vendor's `description` beside it. */
const tokenError = ({ body }: Answer): { error?: string; description?: string } => {
  if (typeof body !== "object" || body === null) return {};
  const { error, error_description, description } = body as Record<string, unknown>;
  const words = error_description ?? description;
  return {
    ...(typeof error === "string" ? { error } : {}),
    ...(typeof words === "string" ? { description: words } : {}),
  };
};

/** The token endpoint. Its refusals are HTTP 400 whatever the reason: only the body tells them apart. */
export const loginDialect: Dialect = {
  name: serviceName,
  explain: (answer) => {
    const { error, description } = tokenError(answer);
    return {
      platformCode: error,
      platformMessage: description,
      correlationId: answer.headers["inin-correlation-id"],
    };
  },
  // https://github.com/MyPureCloud/terraform-provider-genesyscloud/blob/v1.84.1/genesyscloud/provider/provider.go#L344
  limit: (answer) => (/^rate limit exceeded/i.test(tokenError(answer).description ?? "") ? {} : undefined),
  toError: (failure, answer) => {
    const { error } = tokenError(answer);
    if (error === "unauthorized_client") return new WrongGrantTypeError(failure);
    if (error === "invalid_client" || answer.status === 401) {
      return new InvalidCredentialsError(
        failure,
        "Check the id and the secret, and that the region is the organisation's own; the client may also have been disabled or deleted, or this address may be outside the organisation's allowlist.",
      );
    }
    return new PlatformError(failure);
  },
};
