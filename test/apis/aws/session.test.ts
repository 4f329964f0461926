import { inspect } from "node:util";
import { ConditionFailedError, WrongStateError } from "../../../apis/aws/errors.ts";
import { dynamodbService, schedulerService, secretsManagerService } from "../../../apis/aws/services.ts";
import { createAwsSession } from "../../../apis/aws/session.ts";
import type { Call } from "../../../apis/http/call.ts";
import {
  AmbiguousOutcomeError,
  ConflictError,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingCredentialsError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  UnreachableError,
} from "../../../apis/http/errors.ts";
import { startLoopback } from "../loopback.ts";
import { failureOf, newCredentials, newSecret, refusal, withAws } from "./harness.ts";

const read: Call = {
  method: "POST",
  route: "DescribeSecret",
  object: "secret crm",
  body: { SecretId: "crm" },
  effect: "none",
};
const write = { ...read, route: "PutSecretValue", effect: "idempotent" } as const satisfies Call;
const once = { ...read, route: "UpdateSecretVersionStage", effect: "once" } as const satisfies Call;

describe("a call", () => {
  test("goes to the service by its operation, signed for region and service", async () => {
    await withAws(
      () => ({ body: { Name: "crm" } }),
      async ({ session, server, credentials }) => {
        expect(await session.call(secretsManagerService, read)).toEqual({ Name: "crm" });
        const [{ method, path, headers, text } = { headers: {} as Record<string, string> }] = server.received;
        expect([method, path, text]).toEqual(["POST", "/", '{"SecretId":"crm"}']);
        expect(headers["x-amz-target"]).toBe("secretsmanager.DescribeSecret");
        expect(headers["content-type"]).toBe("application/x-amz-json-1.1");
        expect(headers["x-amz-security-token"]).toBe(credentials.sessionToken);
        expect(headers.authorization).toMatch(
          /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260901\/eu-central-1\/secretsmanager\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target, /,
        );
      },
    );
  });

  test("goes by its path where the service has paths", async () => {
    await withAws(
      () => ({ body: {} }),
      async ({ session, server }) => {
        const call = { method: "PUT", route: "/schedules/{name}", params: { name: "a b" } } as const;
        await session.call(schedulerService, { ...call, object: "schedule", query: { groupName: "g" } });
        const [request] = server.received;
        expect([request?.method, request?.path, request?.query]).toEqual([
          "PUT",
          "/schedules/a%20b",
          { groupName: "g" },
        ]);
        expect(request?.headers["x-amz-target"]).toBeUndefined();
      },
    );
  });

  test("asks for credentials before every attempt", async () => {
    let count = 0;
    await withAws(
      (_, number) => (number < 3 ? { status: 503 } : { body: {} }),
      async ({ server }) => {
        const session = createAwsSession({
          region: "eu-central-1",
          credentials: async () => ({ ...newCredentials(), accessKeyId: `KEY${count++}` }),
          environment: { AWS_ENDPOINT_URL: server.url },
          transport: { sleep: async () => {} },
        });
        await session.call(secretsManagerService, read);
        const keys = server.received.map(({ headers }) =>
          /Credential=(\w+)/.exec(`${headers.authorization}`),
        );
        expect(keys.map((match) => match?.[1])).toEqual(["KEY0", "KEY1", "KEY2"]);
      },
    );
  });

  test("uses one connection's limit for each service", async () => {
    await withAws(
      () => ({ body: {} }),
      async ({ session, server }) => {
        await session.call(secretsManagerService, read);
        await session.call(secretsManagerService, read);
        await session.call(dynamodbService, { ...read, route: "GetItem" });
        expect(server.received.map(({ headers }) => headers["x-amz-target"])).toEqual([
          "secretsmanager.DescribeSecret",
          "secretsmanager.DescribeSecret",
          "DynamoDB_20120810.GetItem",
        ]);
      },
    );
  });
});

describe("patience", () => {
  test("repeats what the service throttled, whatever the call does, with growing pauses", async () => {
    const codes = [
      "ThrottlingException",
      "Throttling",
      "RequestThrottled",
      "TooManyRequestsException",
      "SlowDown",
    ];
    for (const code of [...codes, "ProvisionedThroughputExceededException", "RequestLimitExceeded"]) {
      await withAws(
        (_, count) => (count < 4 ? refusal(code) : { body: {} }),
        async ({ session, pauses }) => {
          await session.call(secretsManagerService, once);
          expect(pauses).toEqual([500, 1000, 2000]);
        },
      );
    }
  });

  test("waits as long as the service asks", async () => {
    await withAws(
      (_, count) => (count === 1 ? { status: 429, headers: { "retry-after": "7" } } : { body: {} }),
      async ({ session, pauses }) => {
        await session.call(secretsManagerService, once);
        expect(pauses).toEqual([7500]);
      },
    );
  });

  test("ends: it says when to come back, and that nothing was changed", async () => {
    await withAws(
      () => refusal("ThrottlingException"),
      async ({ session, server, pauses }) => {
        expect(await failureOf(session.call(secretsManagerService, once))).toBeInstanceOf(RateLimitedError);
        expect(server.received).toHaveLength(7);
        expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(40_000);
      },
    );
    await withAws(
      () => ({ status: 429, headers: { "retry-after": "3600" } }),
      async ({ session, server }) => {
        expect(await failureOf(session.call(secretsManagerService, once))).toBeInstanceOf(RateLimitedError);
        expect(server.received).toHaveLength(1);
      },
    );
  });

  test("repeats a failure of the service for what may be repeated, and not for what may not", async () => {
    await withAws(
      (_, count) => (count < 3 ? { status: 500, body: { __type: "InternalServiceError" } } : { body: {} }),
      async ({ session, server }) => {
        await session.call(secretsManagerService, read);
        await session.call(secretsManagerService, write);
        expect(server.received).toHaveLength(4);
      },
    );
    await withAws(
      () => ({ status: 500, body: { __type: "InternalServiceError" } }),
      async ({ session, server }) => {
        expect(await failureOf(session.call(secretsManagerService, once))).toBeInstanceOf(
          AmbiguousOutcomeError,
        );
        expect(server.received).toHaveLength(1);
      },
    );
  });
});

describe("an outcome that nobody knows", () => {
  test.each(["drop", "silence"] as const)("is told apart from a refusal: %s", async (fate) => {
    await withAws(
      () => fate,
      async ({ session }) => {
        expect(await failureOf(session.call(secretsManagerService, once))).toBeInstanceOf(
          AmbiguousOutcomeError,
        );
        expect(await failureOf(session.call(secretsManagerService, write))).toBeInstanceOf(
          AmbiguousOutcomeError,
        );
        // A read changes nothing: there is nothing to be unsure of.
        expect(await failureOf(session.call(secretsManagerService, read))).toBeInstanceOf(UnreachableError);
      },
      { timeoutMilliseconds: 50 },
    );
  });

  test("stays unknown when the service throttles the attempt after it", async () => {
    await withAws(
      (_, count) => (count === 1 ? "drop" : refusal("ThrottlingException")),
      async ({ session }) => {
        expect(await failureOf(session.call(secretsManagerService, write))).toBeInstanceOf(
          AmbiguousOutcomeError,
        );
      },
    );
  });

  test("is none where the service was never reached", async () => {
    const gone = await startLoopback(() => ({}));
    await gone.close();
    const session = createAwsSession({
      region: "eu-central-1",
      credentials: async () => newCredentials(),
      environment: { AWS_ENDPOINT_URL: gone.url },
      transport: { sleep: async () => {} },
    });
    expect(await failureOf(session.call(secretsManagerService, once))).toBeInstanceOf(UnreachableError);
  });
});

describe("a refusal", () => {
  const cases: [string, number, new (...parameters: never) => Error][] = [
    ["ResourceNotFoundException", 400, NotFoundError],
    ["QueueDoesNotExist", 400, NotFoundError],
    ["AWS.SimpleQueueService.NonExistentQueue", 400, NotFoundError],
    ["ResourceExistsException", 400, ConflictError],
    ["ConflictException", 409, ConflictError],
    ["InvalidRequestException", 400, WrongStateError],
    ["DecryptionFailure", 400, WrongStateError],
    ["EncryptionFailure", 400, WrongStateError],
    ["LimitExceededException", 400, WrongStateError],
    ["ConditionalCheckFailedException", 400, ConditionFailedError],
    ["AccessDeniedException", 400, MissingPermissionError],
    ["AccessDenied", 400, MissingPermissionError],
    ["UnrecognizedClientException", 400, InvalidCredentialsError],
    ["MissingAuthenticationToken", 400, InvalidCredentialsError],
    ["SignatureDoesNotMatch", 400, InvalidCredentialsError],
    ["ExpiredTokenException", 400, InvalidCredentialsError],
    ["InvalidParameterException", 400, InvalidRequestError],
    ["ValidationException", 400, InvalidRequestError],
    ["SomethingNew", 418, InvalidRequestError],
    ["SomethingNew", 401, InvalidCredentialsError],
    ["SomethingNew", 403, MissingPermissionError],
    ["SomethingNew", 301, PlatformError],
  ];

  test.each(cases)("%s with HTTP %i has its own error", async (code, status, expected) => {
    await withAws(
      () => refusal(code, "because", status),
      async ({ session, server }) => {
        const error = await failureOf(session.call(secretsManagerService, once));
        expect(error.constructor).toBe(expected);
        expect(error.message).toContain("secret crm");
        expect(error.message).toContain("AWS Secrets Manager POST UpdateSecretVersionStage");
        expect(error.message).toContain(code);
        expect(error.message).toContain("request-1");
        // A refusal is final.
        expect(server.received).toHaveLength(1);
      },
    );
  });

  test("is read from the header as from the body, in every spelling", async () => {
    const code = "ResourceNotFoundException";
    const spellings = [
      {
        headers: { "x-amzn-errortype": `${code}:http://internal.amazon.com/coral/` },
        body: { Message: "no" },
      },
      { body: { __type: code } },
      { body: { code } },
      { body: { Code: code } },
    ];
    for (const spelling of spellings) {
      await withAws(
        () => ({ status: 400, ...spelling }),
        async ({ session }) => {
          expect(await failureOf(session.call(secretsManagerService, read))).toBeInstanceOf(NotFoundError);
        },
      );
    }
  });

  test("names the right that is missing", async () => {
    const message =
      "User: arn:aws:sts::1:assumed-role/r/f is not authorized to perform: iam:PassRole on resource: x";
    await withAws(
      () => refusal("AccessDeniedException", message),
      async ({ session }) => {
        const error = await failureOf(session.call(secretsManagerService, read));
        expect((error as MissingPermissionError).permissions).toEqual(["iam:PassRole"]);
      },
    );
  });

  test("of something that is no service at all is one too", async () => {
    for (const body of ["<html>no</html>", undefined]) {
      await withAws(
        () => ({ status: 403, ...(body === undefined ? {} : { body }) }),
        async ({ session }) => {
          const error = await failureOf(session.call(secretsManagerService, read));
          expect(error).toBeInstanceOf(MissingPermissionError);
        },
      );
    }
  });
});

describe("no error shows a secret", () => {
  test("that was sent in the body, or in the headers", async () => {
    const clientSecret = newSecret();
    const SecretString = JSON.stringify({ clientId: "c-1", clientSecret });
    for (const status of [400, 500]) {
      await withAws(
        ({ headers, text }) => refusal("Odd", inspect({ headers, text }), status),
        async ({ session, credentials }) => {
          const body = { SecretId: "crm", SecretString, ClientRequestToken: "plain text" };
          const error = await failureOf(session.call(secretsManagerService, { ...once, body }));
          const shown = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
          expect(shown).not.toContain(clientSecret);
          expect(shown).not.toContain(credentials.sessionToken);
          expect(shown).not.toContain(credentials.secretAccessKey);
        },
      );
    }
  });

  test("that the service repeats with what it thinks was to be signed", async () => {
    await withAws(
      () =>
        refusal(
          "InvalidSignatureException",
          "The Canonical String should have been 'POST / secret-like'",
          403,
        ),
      async ({ session }) => {
        const error = await failureOf(session.call(secretsManagerService, read));
        expect(error).toBeInstanceOf(InvalidCredentialsError);
        expect(error.message).not.toContain("Canonical");
        expect(error.message).toContain("clock");
      },
    );
  });

  test("that a source of credentials printed", async () => {
    const secret = newSecret();
    for (const thrown of [new Error(`No profile x.\n${secret}`), `No profile x.\n${secret}`]) {
      const session = createAwsSession({
        region: "eu-central-1",
        credentials: () => Promise.reject(thrown),
      });
      const error = await failureOf(session.call(secretsManagerService, read));
      expect(error).toBeInstanceOf(MissingCredentialsError);
      expect(error.message).toContain("No profile x.");
      expect(inspect(error, { depth: 9 })).not.toContain(secret);
    }
  });
});

test("a source of credentials that says itself what is missing is passed on", async () => {
  const missing = new MissingCredentialsError("AWS", ["AWS_ACCESS_KEY_ID is not set"], "Set it.");
  const session = createAwsSession({ region: "eu-central-1", credentials: () => Promise.reject(missing) });
  expect(await failureOf(session.call(secretsManagerService, read))).toBe(missing);
});
