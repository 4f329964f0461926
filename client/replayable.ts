/**
 * Whether a body can be sent a second time. A stream cannot: what was read of it is gone. (The body of a `Request` can:
 * it is copied before it is read.)
 */
export const isReplayable = (body: unknown): boolean => {
  if (typeof body !== "object" || body === null) return true;
  return !("getReader" in body) && !(Symbol.asyncIterator in body);
};
