import { reasonOf, wasSent } from "../../../apis/http/network-error.ts";

const connecting = Object.assign(new Error("connect ETIMEDOUT"), { syscall: "connect" });
const reading = Object.assign(new Error("read ECONNRESET"), { syscall: "read" });

test.each([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
])("%s comes before a byte of the call is sent", (code) => {
  expect(wasSent({ code })).toBe(false);
});

test("so does a time limit met while connecting", () => {
  expect(wasSent({ code: "ETIMEDOUT", cause: connecting })).toBe(false);
});

test.each([
  { code: "ECONNRESET", cause: reading },
  { code: "EPIPE" },
  { code: "ETIMEDOUT" },
  { code: "ECONNABORTED", cause: null },
  { code: "ERR_BAD_RESPONSE", cause: "text" },
  { code: "SOMETHING_NEW" },
  {},
])("%p may come after", (error) => {
  expect(wasSent(error)).toBe(true);
});

test("the reason names the code and the host", () => {
  expect(reasonOf({ code: "ECONNRESET" }, "h:1")).toBe("ECONNRESET at h:1");
  expect(reasonOf({ code: "ECONNABORTED" }, "h:1")).toBe("no answer from h:1 in time");
  expect(reasonOf({}, "h:1")).toBe("connection lost at h:1");
});

test("a connection that fetch gave up has sent nothing, and was not there in time", () => {
  expect(wasSent({ code: "UND_ERR_CONNECT_TIMEOUT" })).toBe(false);
  expect(reasonOf({ code: "UND_ERR_CONNECT_TIMEOUT" }, "h:1")).toBe("no answer from h:1 in time");
});
