import { checkBaseUrl, isLoopback } from "../../../apis/http/base-url.ts";

test.each([
  "https://api.mypurecloud.de",
  "https://ghe.example.com/api/v3",
  "http://127.0.0.1:8080",
  "http://localhost",
  "http://[::1]:1",
])("%p may get credentials", (url) => {
  expect(checkBaseUrl(url)).toBeUndefined();
});

test.each([
  ["", "is not a URL"],
  ["api.example.com", "is not a URL"],
  ["http://api.example.com", "must begin with https://"],
  ["http://127.0.0.1.example.com", "must begin with https://"],
  ["ftp://127.0.0.1", "must begin with https://"],
  ["https://user@example.com", "without user"],
  ["https://:word@example.com", "without user"],
  ["https://example.com/?a=b", "without user, query"],
  ["https://example.com/#a", "fragment"],
])("%p may not: it %s", (url, problem) => {
  expect(checkBaseUrl(url)).toContain(problem);
});

test.each([
  ["http://127.8.9.1/", true],
  ["http://localhost:80/a", true],
  ["https://localhost.example.com/", false],
  ["https://10.0.0.1/", false],
])("%p is this machine: %p", (url, expected) => {
  expect(isLoopback(url)).toBe(expected);
});
