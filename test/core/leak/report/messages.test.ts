import { developerMessage } from "../../../../core/leak/report/developer.ts";
import { releaseBody, releaseCommand } from "../../../../core/leak/report/release.ts";
import { alertResolution, alertValidity } from "../../../../core/leak/report/resolution.ts";
import { securityMessage } from "../../../../core/leak/report/security.ts";
import { clientId, declarations, judged, outcomes, receivedAt, shown, type Told, told } from "./cases.ts";

interface Expected {
  /** Each stands in the developer's message; undefined: there is none. */
  developer?: string[];
  security: string[];
  resolution?: string;
  validity?: "active" | "inactive";
}

const expected: Readonly<Record<Told, Expected>> = {
  replaced: {
    developer: [
      "has been replaced",
      `\`reports\` (client \`${clientId}\`) was live`,
      "Production runs on the new one",
      "under the name `genesys/reports`",
      "can work until",
      "the client kit picks the new one up by itself",
    ],
    security: ["A new generation was made current first", "2.3 s after it was received", "*Live tokens*"],
    resolution: "revoked",
    validity: "inactive",
  },
  replacedInPlace: {
    developer: ["has been replaced", "`dialler`", "under the name `genesys/dialler`"],
    security: ["Its secret has been reset, and the new one stored as current."],
    resolution: "revoked",
    validity: "inactive",
  },
  contained: {
    developer: ["has been revoked for good", "under the name `genesys/reports`"],
    security: ["The client is disabled.", "a superseded generation"],
    resolution: "revoked",
    validity: "inactive",
  },
  containedInUse: {
    developer: ["was live and in use", "stopped working because of it"],
    security: ["PAGE", "no replacement was ready", "The rotator has been told"],
    resolution: "revoked",
    validity: "inactive",
  },
  held: {
    developer: ["has not been revoked yet", "Tell the security team what uses it"],
    security: [
      "PAGE",
      "Nothing has been touched",
      "on the list of those that are never stopped",
      '{"repository":"acme/reports","number":12,"release":{"decision":"contain"',
      '{"repository":"acme/reports","number":12,"release":{"decision":"dismiss"',
    ],
    validity: "active",
  },
  dismissed: {
    security: ["`eve@acme.example` decided that nothing is done"],
    resolution: "wont_fix",
    validity: "active",
  },
  dead: {
    developer: ["which is dead", "Nothing had to be revoked"],
    security: ["*Verdict* dead: the platform refuses the secret"],
    resolution: "revoked",
    validity: "inactive",
  },
  foreign: {
    security: ["no client: no client of the organisation", "resolved as a false positive"],
    resolution: "false_positive",
  },
  decoy: { security: ["Decoy leaked", "`legacy-export`", "the alert stays open"] },
};

describe.each(outcomes)("%s", (kind) => {
  const { developer, security, resolution, validity } = expected[kind];
  const found = told[kind];

  test(`the developer is ${developer === undefined ? "not told" : "told what happened, what was done and what to do now"}`, () => {
    const text = shown(developerMessage(found, declarations));
    if (developer === undefined) {
      expect(text).toBe("");
      return;
    }
    for (const part of [
      ...developer,
      "*What you do now*",
      "Rewriting the history",
      "file `src/settings.py`",
      "commit `0123456789ab`",
      "repository `acme/reports`",
      "<#C0SECURITY>",
      "<https://wiki.acme.example/leaks|",
    ])
      expect(text).toContain(part);
  });

  test("the security channel is told all of it", () => {
    const text = shown(securityMessage(found, declarations));
    for (const part of [
      ...security,
      "`acme/reports#12`",
      "<https://github.com/acme/reports/security/secret-scanning/12|Alert on GitHub>",
      "<https://wiki.acme.example/leaks|Runbook>",
    ])
      expect(text).toContain(part);
    expect(text.includes("aws sqs send-message")).toBe(kind === "held");
  });

  test(`the alert ${resolution === undefined ? "stays open" : `is resolved as ${resolution}`}`, () => {
    expect(alertResolution(found)?.resolution).toBe(resolution);
    expect(alertValidity(found)).toBe(validity);
    expect(alertResolution(found)?.comment.length ?? 0).toBeLessThanOrEqual(280);
  });
});

test("nothing of a decoy's reaches a developer or GitHub, whatever became of it", () => {
  const stopped = {
    containedAt: receivedAt,
    containment: "secretReset",
    liveTokensUntil: receivedAt,
  } as const;
  const planned = { kind: "contain" } as const;
  for (const found of [told.decoy, { ...told.decoy, ...stopped }, { ...told.decoy, action: planned }]) {
    expect(developerMessage(found, declarations, "channel")).toBeUndefined();
    expect(alertResolution(found)).toBeUndefined();
    expect(alertValidity(found)).toBeUndefined();
  }
});

test("a decoy is spoken of although the stack has no name for it", () => {
  const { ownership: _owner, ...unnamed } = told.decoy;
  expect(shown(securityMessage(unnamed, declarations))).toContain("so that the decoy goes on looking real");
});

test("before there is anything to tell, nobody is told", () => {
  expect(developerMessage(judged, declarations)).toBeUndefined();
  expect(securityMessage(judged, declarations)).toBeUndefined();
  expect(alertResolution(judged)).toBeUndefined();
  expect(alertValidity(judged)).toBeUndefined();
});

const held = (because: "dryRun" | "backfill" | "unknownVerdict" | "containmentFailed" | "hourlyCap") =>
  ({ ...judged, action: { kind: "hold", because } }) as const;

test.each(["dryRun", "backfill"] as const)("%s is no business of the committer's", (because) => {
  expect(developerMessage(held(because), declarations)).toBeUndefined();
  expect(securityMessage(held(because), declarations)).toBeDefined();
});

test.each([
  ["dryRun", "switched to a dry run"],
  ["backfill", "a scan of the history"],
  ["unknownVerdict", "trying again will not tell"],
  ["containmentFailed", "did not let the client be stopped"],
  ["hourlyCap", "within an hour"],
] as const)("a page says why it is held: %s", (because, why) => {
  expect(shown(securityMessage(held(because), declarations))).toContain(why);
});

test("a held string without a client is spoken of without one", () => {
  const { clientId: _client, ownership: _owner, ...bare } = held("unknownVerdict");
  expect(shown(developerMessage(bare, declarations))).toContain("The secret has not been revoked yet");
});

test("a held case's validity is only what was proven", () => {
  const unknown = { kind: "unknown", because: "otherGrant", retry: false } as const;
  expect(alertValidity({ ...held("unknownVerdict"), verdict: unknown })).toBeUndefined();
});

test("a page that nobody has settled says for how long", () => {
  const text = shown(securityMessage(told.held, declarations, { remindedAt: receivedAt + 3 * 86_400_000 }));
  expect(text).toContain("Still waiting: PAGE");
  expect(text).toContain("*Waiting* for 3 days");
});

test("security closes by hand what GitHub does not let us close", () => {
  expect(shown(securityMessage(told.replaced, declarations, { closeByHand: true }))).toContain(
    "close it by hand",
  );
});

test("a store that gives out a refused secret is pointed out", () => {
  const stale = { ...told.dead, storeIsStale: true };
  expect(shown(securityMessage(stale, declarations))).toContain("`genesys/reports` gives out a secret");
  const unnamed = { ...stale, ownership: { kind: "unmanaged" } as const };
  expect(shown(securityMessage(unnamed, declarations))).toContain("it gives out a secret");
  const stopped = { ...told.contained, storeIsStale: true };
  expect(shown(securityMessage(stopped, declarations))).not.toContain("stale");
});

test("the channel names whom it is for", () => {
  expect(shown(developerMessage(told.replaced, declarations, "channel"))).toContain(
    "To `octo-dev` on GitHub",
  );
  const { commit: _commit, ...nobody } = told.replaced;
  expect(shown(developerMessage(nobody, declarations, "channel"))).toContain("To whoever made this commit");
});

test("where no store has the new secret, the developer asks for it", () => {
  const unmanaged = { ...told.containedInUse, ownership: { kind: "unmanaged" } } as const;
  const text = shown(developerMessage(unmanaged, { ...declarations, secretNames: {} }));
  expect(text).toContain("Ask the security team where the new secret is kept");
  expect(shown(securityMessage(unmanaged, declarations))).toContain("Give its owner a new secret");
});

test("a declared client's secret is named by its ARN where it has no other name", () => {
  const text = shown(developerMessage(told.replacedInPlace, { ...declarations, secretNames: {} }));
  expect(text).toContain("arn:aws:secretsmanager:eu-central-1:1:secret:dialler-Ab");
});

test("without a runbook there is no link to one, and channels can be named", () => {
  const { runbookUrl: _url, ...rest } = declarations;
  const plain = { ...rest, slack: { ...rest.slack, securityChannel: "#sec" } };
  expect(shown(developerMessage(told.dead, plain))).toContain("Questions go to #sec.");
  expect(shown(securityMessage(told.dead, plain))).not.toContain("Runbook");
});

test("the release message is what the queue takes, and stands in a command as text alone", () => {
  expect(JSON.parse(releaseBody(judged.alert, "contain", "eve"))).toEqual({
    repository: "acme/reports",
    number: 12,
    release: { decision: "contain", by: "eve" },
  });
  const odd = { ...told.held, alert: { ...judged.alert, repository: "acme/$(x)'" } };
  expect(releaseCommand(odd.alert, "contain")).toBeUndefined();
  const named = { ...told.held, alert: { ...judged.alert, repository: `acme/${"aB3".repeat(15)}` } };
  for (const found of [odd, named])
    expect(shown(securityMessage(found, declarations))).toContain("cannot be written into a command");
});

test("a case that was stopped in a way nobody noted is still told", () => {
  const { containment: _how, ...found } = told.containedInUse;
  expect(shown(securityMessage(found, declarations))).toContain("It has been stopped, and no replacement");
});

test("a dismissal by nobody in particular is told too", () => {
  const found = { ...told.dismissed, release: { ...told.dismissed.release, by: "" } };
  expect(shown(securityMessage(found, declarations))).toContain("`[empty]` decided that nothing is done");
  const { release: _release, ...nobody } = told.dismissed;
  expect(securityMessage(nobody, declarations)).toBeUndefined();
});

test("a containment that was taken over from another alert has its time", () => {
  expect(alertResolution(told.contained)?.comment).toBe(
    "The secret was live. It was revoked 2.3 s after the alert was received.",
  );
  const earlier = { ...told.contained, containedAt: receivedAt - 5_000 };
  expect(alertResolution(earlier)?.comment).toContain("0.0 s");
});
