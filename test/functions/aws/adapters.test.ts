/** What moto cannot be brought to do. */
import { awsLedger } from "../../../functions/aws/ledger.ts";
import { toPortError } from "../../../functions/aws/port-error.ts";
import { awsScheduler } from "../../../functions/aws/scheduler.ts";
import { awsSecretReader } from "../../../functions/aws/secret-reader.ts";
import { awsSecretWriter } from "../../../functions/aws/secret-writer.ts";
import { awsTrigger } from "../../../functions/aws/trigger.ts";
import { refusal, withAws } from "../../apis/aws/harness.ts";
import type { Scripted } from "../../apis/loopback.ts";
import { codeOf } from "../ports/contract.ts";

const schedule = {
  group: "retirement",
  targetArn: "arn:aws:lambda:eu-central-1:1:function:retire",
  roleArn: "arn:aws:iam::1:role/scheduler",
  deadLetterArn: "arn:aws:sqs:eu-central-1:1:retirements",
  now: () => Date.parse("2026-11-21T10:20:30.400Z"),
};
const move = { to: "new", from: "old" };
const taken = refusal("ConflictException", "taken", 409);
const gone = refusal("ResourceNotFoundException", "gone", 404);

describe("a schedule", () => {
  test("that was there, but has been deleted since, is made again", async () => {
    const answers: Scripted[] = [taken, gone, { body: {} }];
    await withAws(
      (_, count) => answers[count - 1] ?? "drop",
      async ({ session, server }) => {
        await awsScheduler(session, schedule).at("retire-1", schedule.now() + 3_600_000, {});
        expect(server.received.map(({ method }) => method)).toEqual(["POST", "PUT", "POST"]);
      },
    );
  });

  test("that comes and goes is given up after a few attempts", async () => {
    await withAws(
      ({ method }) => (method === "POST" ? taken : gone),
      async ({ session, server }) => {
        const call = awsScheduler(session, schedule).at("retire-1", 0, {});
        expect(await codeOf(call)).toBe("unavailable");
        expect(server.received).toHaveLength(6);
      },
    );
  });

  test("whose group is not there, or that may not be made, fails as that", async () => {
    for (const [answer, code] of [
      [gone, "not-found"],
      [refusal("AccessDeniedException"), "denied"],
      [refusal("ValidationException"), "invalid"],
    ] as const) {
      await withAws(
        () => answer,
        async ({ session }) => {
          expect(await codeOf(awsScheduler(session, schedule).at("retire-1", 0, {}))).toBe(code);
        },
      );
    }
    await withAws(
      ({ method }) => (method === "POST" ? taken : refusal("AccessDeniedException")),
      async ({ session }) => {
        expect(await codeOf(awsScheduler(session, schedule).at("retire-1", 0, {}))).toBe("denied");
      },
    );
  });

  test("for a time that has passed comes a minute from now", async () => {
    await withAws(
      () => ({ body: {} }),
      async ({ session, sent }) => {
        await awsScheduler(session, schedule).at("retire-1", 0, { a: 1 });
        expect(sent(0)).toMatchObject({
          ScheduleExpression: "at(2026-11-21T10:21:31)",
          Target: { Input: '{"a":1}' },
        });
      },
    );
  });
});

describe("a rotation", () => {
  test("that is under way is told apart from one that cannot be", async () => {
    const words = [
      "A previous rotation isn't complete. That rotation will be reattempted.",
      "You tried to enable rotation on a secret that doesn't already have a Lambda function ARN configured.",
    ];
    await withAws(
      (_, count) => refusal("InvalidRequestException", words[count - 1]),
      async ({ session }) => {
        const trigger = awsTrigger(session);
        expect(await trigger.rotateNow("crm", "v".repeat(32))).toBe("running");
        expect(await codeOf(trigger.rotateNow("crm", "v".repeat(32)))).toBe("conflict");
      },
    );
  });

  test("whose start got no answer is unknown", async () => {
    await withAws(
      () => "drop",
      async ({ session }) => {
        expect(await codeOf(awsTrigger(session).rotateNow("crm", "v".repeat(32)))).toBe("ambiguous");
      },
    );
  });
});

describe("a secret", () => {
  test("is described with the times that the service knows", async () => {
    const described = {
      ARN: "arn:crm",
      Name: "crm",
      RotationEnabled: true,
      CreatedDate: 100.25,
      LastRotatedDate: 200,
      NextRotationDate: 300.5,
      DeletedDate: null,
      VersionIdsToStages: { old: ["AWSPREVIOUS"], new: ["AWSCURRENT"], pruned: [], begun: ["AWSPENDING"] },
    };
    const listed = {
      Versions: [
        { VersionId: "old", CreatedDate: 110 },
        { VersionId: "new", CreatedDate: 210 },
      ],
    };
    const describe = async (lastChanged: object) => {
      let result: unknown;
      await withAws(
        ({ headers }) => ({
          body: `${headers["x-amz-target"]}`.endsWith("DescribeSecret")
            ? { ...described, ...lastChanged }
            : listed,
        }),
        async ({ session }) => {
          result = await awsSecretReader(session).describe("crm");
        },
      );
      return result;
    };
    const versions = (begun: number) => [
      { versionId: "old", stages: ["AWSPREVIOUS"], createdAt: 110_000 },
      { versionId: "new", stages: ["AWSCURRENT"], createdAt: 210_000 },
      { versionId: "begun", stages: ["AWSPENDING"], createdAt: begun },
    ];
    const rest = {
      arn: "arn:crm",
      name: "crm",
      rotationEnabled: true,
      lastRotatedAt: 200_000,
      nextRotationAt: 300_500,
    };
    expect(await describe({ LastChangedDate: 250 })).toEqual({ ...rest, versions: versions(250_000) });
    expect(await describe({})).toEqual({ ...rest, versions: versions(100_250) });
  });

  test("of which nothing can be read is not taken for one without a value", async () => {
    await withAws(
      () => refusal("AccessDeniedException"),
      async ({ session }) => {
        expect(await codeOf(awsSecretReader(session).value("crm", { stage: "AWSCURRENT" }))).toBe("denied");
      },
    );
    await withAws(
      ({ headers }) => (`${headers["x-amz-target"]}`.endsWith("DescribeSecret") ? { status: 500 } : gone),
      async ({ session }) => {
        expect(await codeOf(awsSecretReader(session).value("crm", { stage: "AWSCURRENT" }))).toBe(
          "unavailable",
        );
      },
    );
  });

  test("whose label may or may not have moved is unknown, one whose label is elsewhere a conflict", async () => {
    const answers: [Scripted, string][] = [
      ["drop", "ambiguous"],
      [{ status: 500 }, "ambiguous"],
      [refusal("InvalidParameterException"), "conflict"],
      [refusal("InvalidRequestException"), "conflict"],
      [gone, "not-found"],
    ];
    for (const [answer, code] of answers) {
      await withAws(
        () => answer,
        async ({ session }) => {
          expect(await codeOf(awsSecretWriter(session).moveStage("crm", "AWSCURRENT", move))).toBe(code);
        },
      );
    }
  });
});

test("a ledger that cannot be reached is unavailable to readers, and unknown to writers", async () => {
  await withAws(
    () => "drop",
    async ({ session }) => {
      const ledger = awsLedger(session, { table: "ledger" });
      const lease = { key: "k", holder: "a", fence: 1, until: 0 };
      expect(await codeOf(ledger.read("k"))).toBe("unavailable");
      expect(await codeOf(ledger.all())).toBe("unavailable");
      expect(await codeOf(ledger.acquire("k", "a", 60))).toBe("ambiguous");
      expect(await codeOf(ledger.write(lease, {}))).toBe("ambiguous");
      expect(await codeOf(ledger.release(lease))).toBe("ambiguous");
    },
  );
});

test("a mistake of ours is nobody's refusal", () => {
  const mistake = new TypeError("x is not a function");
  expect(toPortError(mistake)).toBe(mistake);
});
