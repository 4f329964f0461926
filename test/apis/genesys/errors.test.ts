import { apiDialect } from "../../../apis/genesys/api-dialect.ts";
import * as errors from "../../../apis/genesys/errors.ts";
import type { Answer } from "../../../apis/http/call.ts";

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body,
});
const judge = (given: Answer): errors.GenesysError =>
  apiDialect.toError(
    {
      service: apiDialect.name,
      object: "OAuth client c-1",
      method: "PUT",
      route: "/api/v2/oauth/clients/{clientId}",
      status: given.status,
      ...apiDialect.explain(given),
    },
    given,
  );

const needed = "You are missing the following permission(s): oauth:client:edit, authorization:grant:*";

test.each<[string, Answer, new (...args: never[]) => Error, string]>([
  ["an unknown id", answer(404, { code: "not.found" }), errors.NotFoundError, "not-found"],
  ["an object that is gone", answer(410, undefined), errors.NotFoundError, "not-found"],
  ["a name that is taken", answer(409, { code: "x" }), errors.ConflictError, "conflict"],
  ["an address that is taken", answer(400, { code: "general.conflict" }), errors.ConflictError, "conflict"],
  [
    "a stale version, told by HTTP 400",
    answer(400, { code: "bad.request", message: "The version [1] does not match the current version [2]." }),
    errors.VersionConflictError,
    "version-conflict",
  ],
  [
    "a stale version, told by code",
    answer(409, { code: "version.conflict" }),
    errors.VersionConflictError,
    "version-conflict",
  ],
  [
    "a missing permission",
    answer(403, { code: "missing.permissions", message: needed }),
    errors.MissingPermissionError,
    "missing-permission",
  ],
  ["a refusal without a reason", answer(403, undefined), errors.MissingPermissionError, "missing-permission"],
  [
    "a role that the caller lacks",
    answer(403, { code: "not.authorized", message: "You must hold every role of the client." }),
    errors.RoleNotHeldError,
    "role-not-held",
  ],
  [
    "too many clients",
    answer(400, { code: "auth.too.many.clients", limit: { value: 500 } }),
    errors.QuotaReachedError,
    "quota-reached",
  ],
  [
    "too many clients, limit unknown",
    answer(400, { code: "auth.too.many.clients" }),
    errors.QuotaReachedError,
    "quota-reached",
  ],
  [
    "an active client to delete",
    answer(400, { code: "cannot.delete.client" }),
    errors.CannotDeleteActiveClientError,
    "cannot-delete-active-client",
  ],
  [
    "a refused token",
    answer(401, { code: "bad.credentials" }),
    errors.InvalidCredentialsError,
    "invalid-credentials",
  ],
  [
    "a wrong value",
    answer(400, { code: "invalid.value", message: "no" }),
    errors.InvalidRequestError,
    "invalid-request",
  ],
  ["a text instead of a body", answer(413, "too large"), errors.InvalidRequestError, "invalid-request"],
  ["a failure", answer(503, { code: "service.unavailable" }), errors.PlatformError, "platform-error"],
  ["a redirect", answer(302, null), errors.PlatformError, "platform-error"],
])("%s", (_, given, kind, code) => {
  const error = judge(given);
  expect(error).toBeInstanceOf(kind);
  expect(error).toBeInstanceOf(errors.GenesysError);
  expect(error).toMatchObject({ code, service: "Genesys Cloud", status: given.status, name: kind.name });
  expect(error.message).toMatch(
    /^OAuth client c-1: .+\. .+ \(Genesys Cloud PUT \/api\/v2\/oauth\/clients\/\{clientId\}: /,
  );
});

test("a message has the platform's code, words and correlation id", () => {
  const body = { code: "invalid.value", message: "Value [x] is not valid", contextId: "ctx-1" };
  expect(judge(answer(400, body)).message).toBe(
    'OAuth client c-1: the service refuses the request. Correct the configuration of this object as the message says. (Genesys Cloud PUT /api/v2/oauth/clients/{clientId}: 400 invalid.value, "Value [x] is not valid", correlation id ctx-1)',
  );
  expect(judge(answer(400, body))).toMatchObject({ correlationId: "ctx-1" });
  expect(judge(answer(400, {}, { "inin-correlation-id": "c-2" }))).toMatchObject({ correlationId: "c-2" });
});

test.each([
  [{ message: needed }],
  [{ messageParams: { permissions: "oauth:client:edit, authorization:grant:*" } }],
])("the missing permissions are named, from %p", (body) => {
  const error = judge(answer(403, { code: "missing.permissions", ...body }));
  expect(error).toMatchObject({ permissions: ["oauth:client:edit", "authorization:grant:*"] });
  expect(error.message).toContain("lack the permission oauth:client:edit, authorization:grant:*");
});

test("the limit that was reached is named", () => {
  const error = judge(answer(400, { code: "auth.too.many.clients", limit: { value: 500 } }));
  expect(error).toMatchObject({ limit: 500 });
  expect(error.message).toContain("its limit of OAuth clients (500)");
});

test("what is no code and no id is left out, and a long text is cut", () => {
  const body = { code: "<b>x</b>", message: "m".repeat(5_000), contextId: "a b" };
  const error = judge(answer(400, body));
  expect(error).toMatchObject({ correlationId: undefined });
  expect(error.message).toContain(`: 400, "${"m".repeat(1_000)}")`);
});
