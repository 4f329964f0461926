/** What a service answered, as far as the kit reads it. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Empty where the body is no JSON: a page of some proxy, whose status says enough. */
  body: Record<string, unknown>;
}

const timeoutMilliseconds = 10_000;

/**
 * One call that carries a secret: given up after ten seconds, and led nowhere else. Undefined where there is no answer;
 * the network's own error can hold the request, so nobody sees it.
 */
export const answerTo = async (
  fetch: typeof globalThis.fetch,
  url: string | URL,
  init: RequestInit,
): Promise<Answer | undefined> => {
  try {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const response = await fetch(url, { ...init, redirect: "manual", signal });
    const body = await response.json().catch(() => undefined);
    signal.throwIfAborted();
    return { status: response.status, headers: response.headers, body: Object(body) };
  } catch {
    return undefined;
  }
};
