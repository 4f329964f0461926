import { retryAfter } from "../../../apis/http/retry-after.ts";

const now = Date.parse("2026-09-01T12:00:00Z");

test.each([
  ["0", 0],
  ["17", 17_000],
  [" 180 ", 180_000],
  ["Tue, 01 Sep 2026 12:00:30 GMT", 30_000],
  ["Tue, 01 Sep 2026 11:00:00 GMT", 0],
])("Retry-After %p asks for %p ms", (header, milliseconds) => {
  expect(retryAfter(header, now)).toBe(milliseconds);
});

test.each([undefined, "", "-1", "1.5", "soon"])("Retry-After %p asks for nothing", (header) => {
  expect(retryAfter(header, now)).toBeUndefined();
});
