export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * What happens to the platform when a call is made twice: `none` reads only, `idempotent` ends the same, `once`
 * must not be repeated blindly.
 */
export type Effect = "none" | "idempotent" | "once";

export interface Call {
  method: Method;
  /** Route template such as `/api/v2/oauth/clients/{clientId}`; `params` fill it. */
  route: string;
  params?: Readonly<Record<string, string | number>>;
  query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as `application/x-www-form-urlencoded`. */
  form?: Readonly<Record<string, string>>;
  /** Asked for at every attempt, so that a token is never older than the attempt. */
  headers?: () => Promise<Readonly<Record<string, string>>>;
  /**
   * The answer is a file, not JSON: its body is then a `Uint8Array`. One with more bytes is not read to its end, and
   * ends the call with a `TooLargeError`.
   */
  mostBytes?: number;
  /** What the call is about, for messages: `OAuth client 5f1c…`. Never secret. */
  object: string;
  /** Default: `none` for GET, `idempotent` for PUT and DELETE, `once` for POST and PATCH. */
  effect?: Effect;
}

export interface Answer {
  status: number;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  /** Parsed JSON; the text itself where it is not JSON; undefined where there is none; see also `Call.mostBytes`. */
  body: unknown;
}

const effects: Readonly<Record<Method, Effect>> = {
  GET: "none",
  PUT: "idempotent",
  DELETE: "idempotent",
  POST: "once",
  PATCH: "once",
};

export const effectOf = (call: Call): Effect => call.effect ?? effects[call.method];

/** The path of a call: its route with the parameters filled in. */
export const pathOf = ({ route, params }: Call): string =>
  route.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params?.[name];
    if (value === undefined || value === "") throw new TypeError(`${route} needs a value for ${name}`);
    return encodeURIComponent(value);
  });
