import { ForeignOriginError } from "./errors.ts";
import { isReplayable } from "./replayable.ts";
import { type AccessToken, type AccessTokensOptions, accessTokens } from "./tokens.ts";

/** As the global `fetch`; a path such as `/api/v2/users/me` is one of the credential's region. */
export type GenesysFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const isRequest = (input: string | URL | Request): input is Request =>
  typeof input === "object" && "headers" in input;

const urlOf = (input: string | URL | Request, { apiUrl }: AccessToken): URL => {
  const url = new URL(isRequest(input) ? input.url : input, apiUrl);
  if (url.origin === new URL(apiUrl).origin) return url;
  throw new ForeignOriginError(
    `The call goes to ${url.origin}, the token is for ${apiUrl} alone. Use the global fetch for other hosts.`,
  );
};

/**
 * A `fetch` of the platform API that brings the token along. Where the platform refuses the token (401), the
 * credential is looked up anew and the call is made once more; the second answer is handed on, as is every other answer
 * to the first call (403 and 429 among them). A call whose body is a stream cannot be made twice: its 401 is handed on,
 * and the next call has the new token.
 *
 * @throws CredentialError where there is no token to be had; whatever `fetch` throws
 */
export const createFetch = (options: AccessTokensOptions): GenesysFetch => {
  const { fetch = globalThis.fetch } = options;
  const tokens = accessTokens(options);

  return async (input, init = {}) => {
    const send = (token: AccessToken): Promise<Response> => {
      const url = urlOf(input, token);
      const headers = new Headers(init.headers ?? (isRequest(input) ? input.headers : undefined));
      headers.set("authorization", `Bearer ${token.value}`);
      // A request's body is read by the call that it is given to.
      return fetch(isRequest(input) ? input.clone() : url, { ...init, headers });
    };

    const token = await tokens.get();
    const response = await send(token);
    if (response.status !== 401) return response;
    if (!isReplayable(init.body)) {
      await tokens.replace(token).catch(() => undefined);
      return response;
    }
    const another = await tokens.replace(token);
    if (another === undefined) return response;
    // An answer that nobody reads keeps its connection.
    await response.body?.cancel();
    return send(another);
  };
};
