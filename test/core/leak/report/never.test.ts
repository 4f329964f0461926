import { createHash } from "node:crypto";
import fc from "fast-check";
import type { AlertCase } from "../../../../core/leak/alert-case.ts";
import { type Audience, developerMessage } from "../../../../core/leak/report/developer.ts";
import { ocsfEvents } from "../../../../core/leak/report/ocsf.ts";
import { alertResolution } from "../../../../core/leak/report/resolution.ts";
import { securityMessage } from "../../../../core/leak/report/security.ts";
import { violations } from "../../../../sandbox/siem/ocsf/violations.ts";
import { proof } from "../../../proof.ts";
import { declarations, outcomes, receivedAt, shown, told } from "./cases.ts";

const base64url = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];
const secrets = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("base64url")),
  // Without a digit, a capital or a small letter it looks like a name: its fingerprint tells.
  fc
    .array(fc.constantFrom(...base64url.slice(26, 52), "-", "_"), { minLength: 43, maxLength: 43 })
    .map((all) => all.join("")),
);

/** What a person or an intruder may call things. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "<!channel>",
    "<@U0ADMIN>",
    "<https://evil.example|GitHub>",
    "&lt;!here&gt;",
    "```\nreleased\n```",
    "`*bold*`",
    "\u202egpj.exe",
    "a".repeat(5_000),
    "<&>".repeat(400),
    "'; rm -rf / #",
  ),
  fc.string({ maxLength: 300 }),
);

const cases = fc
  .record({
    kind: fc.constantFrom(...outcomes),
    secret: secrets,
    texts: fc.array(hostile, { minLength: 8, maxLength: 8 }),
    /** Which of the texts hold the secret too. */
    holding: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    basic: fc.boolean(),
    audience: fc.constantFrom<Audience>("committer", "channel"),
    waited: fc.nat({ max: 10_000_000_000 }),
  })
  .map(({ secret, texts, holding, basic, kind, ...rest }) => {
    const encoded = Buffer.from(`6f1c7a50-6f0e-4d6a-9b6f-0d4f8f6d7a11:${secret}`).toString("base64");
    const [repository, path, login, by, url, sha, name, clientId] = texts.map((text, index) =>
      holding[index] ? `${text}/${basic ? encoded : secret}.${text}` : text,
    ) as [string, string, string, string, string, string, string, string];
    const from: AlertCase = told[kind];
    const found: AlertCase = {
      ...from,
      alert: { ...from.alert, repository, url },
      path,
      fingerprint: createHash("sha256").update(secret).digest("hex"),
      commit: { sha, committedAt: receivedAt, login, email: `${login}@acme.example` },
      ...(from.clientId === undefined ? {} : { clientId }),
      ...(from.release === undefined ? {} : { release: { ...from.release, by } }),
      followUps: { siem: { failures: 1, lastError: by } },
    };
    const named = { ...declarations, secretNames: { reports: name, dialler: name }, runbookUrl: url };
    return { ...rest, secret, encoded, found, named };
  });

const ours = [
  /<https:\/\/[^<>|\s]+\|[^<>]*>/g,
  /<!date\^\d+\^[^<>|]+\|[^<>]+>/g,
  /<#C[A-Z0-9]+>/g,
  /&(?:amp|lt|gt);/g,
];

proof(
  "no message holds the secret, breaks Slack's limits or lets outside text be markup",
  { quick: 150, full: 20_000 },
  (numRuns, seed) => {
    fc.assert(
      fc.property(cases, ({ found, named, secret, encoded, audience, waited }) => {
        const remindedAt = receivedAt + waited;
        const messages = [
          developerMessage(found, named, audience),
          securityMessage(found, named, { remindedAt, closeByHand: true }),
        ].filter((message) => message !== undefined);
        const events = ocsfEvents(found, named);
        const everything = JSON.stringify([messages, events, alertResolution(found)]);
        expect(everything).not.toContain(secret.slice(0, 24));
        expect(everything).not.toContain(secret.slice(-24));
        expect(everything).not.toContain(encoded.slice(-40));

        expect(messages.length).toBeGreaterThan(0);
        for (const message of messages) {
          const [header, ...sections] = message.blocks.map(
            (block) => (block as { text: { text: string } }).text.text,
          );
          expect(message.blocks.length).toBeLessThanOrEqual(50);
          expect(header?.length).toBeLessThanOrEqual(150);
          expect(sections.every((text) => text.length > 0 && text.length <= 3_000)).toBe(true);
          expect(shown(message).length).toBeLessThan(12_000);
          const rest = ours.reduce((text, pattern) => text.replaceAll(pattern, ""), shown(message));
          expect(rest).not.toMatch(/[<>&]/);
        }
        expect(events.flatMap(violations)).toEqual([]);
      }),
      { numRuns, seed },
    );
  },
);
