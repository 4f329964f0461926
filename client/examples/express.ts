/**
 * Middleware for Express: routes call Genesys Cloud as `request.genesys(...)`, and never see the credential.
 *
 * ```ts
 * const source = secretsManagerSource({ secretId: process.env.GENESYS_SECRET_ARN ?? "" });
 * const genesys = createFetch({ provider: credentialProvider({ source }) });
 * app.use(withGenesys(genesys));
 * app.get("/queues", async (request, response) => {
 *   response.json(await (await request.genesys("/api/v2/routing/queues")).json());
 * });
 * app.use(credentialProblems);
 * ```
 */
import { CredentialError, type GenesysFetch, TokenRateLimitedError } from "@genesys-credential-guard/client";

/** What the middleware uses of Express's types, which are Node's own. */
interface Response {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
}
type Next = (error?: unknown) => void;

export const withGenesys =
  (genesys: GenesysFetch) =>
  (request: { genesys?: GenesysFetch }, _: Response, next: Next): void => {
    request.genesys = genesys;
    next();
  };

/** Tells callers to come back where there is no credential to be had; the reason is for the log alone. */
export const credentialProblems = (error: unknown, _: unknown, response: Response, next: Next): void => {
  if (!(error instanceof CredentialError)) {
    next(error);
    return;
  }
  console.error(`${error.code}: ${error.message}`);
  const seconds = error instanceof TokenRateLimitedError ? error.retryAfterSeconds : 30;
  response.statusCode = 503;
  response.setHeader("retry-after", String(seconds));
  response.end("Genesys Cloud cannot be called at the moment.");
};
