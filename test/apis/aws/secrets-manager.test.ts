import type {
  GetSecretValueCommandInput,
  ListSecretVersionIdsCommandInput,
  PutSecretValueCommandInput,
  RotateSecretCommandInput,
  UpdateSecretVersionStageCommandInput,
} from "@aws-sdk/client-secrets-manager";
import { secretsManager } from "../../../apis/aws/secrets-manager.ts";
import { AmbiguousOutcomeError } from "../../../apis/http/errors.ts";
import { Secret } from "../../../apis/http/secret.ts";
import { failureOf, newSecret, withAws } from "./harness.ts";

const versionId = "6f9619ff-8b86-4d01-b42d-00c04fc964ff";

test("lists the versions of all pages, and never the same page twice", async () => {
  const version = (number: number) => ({ VersionId: `v${number}`, CreatedDate: number });
  const pages = [
    { Versions: [version(1)], NextToken: "two" },
    { NextToken: "three" },
    { Versions: [version(2)], NextToken: null },
  ];
  await withAws(
    (_, count) => ({ body: pages[count - 1] }),
    async ({ session, sent }) => {
      expect(await secretsManager(session).versions("crm")).toEqual([version(1), version(2)]);
      const inputs: ListSecretVersionIdsCommandInput[] = [
        { SecretId: "crm" },
        { SecretId: "crm", NextToken: "two" },
        { SecretId: "crm", NextToken: "three" },
      ];
      expect([sent(0), sent(1), sent(2)]).toEqual(inputs);
    },
  );
  await withAws(
    () => ({ body: { Versions: [version(1)], NextToken: "again" } }),
    async ({ session, server }) => {
      await secretsManager(session).versions("crm");
      expect(server.received).toHaveLength(2);
    },
  );
});

test("reads a value by version, by label, or the current one", async () => {
  const value = newSecret();
  await withAws(
    (_, count) => ({
      body:
        count === 3
          ? { VersionId: versionId, SecretBinary: Buffer.from(value).toString("base64") }
          : { VersionId: versionId, VersionStages: ["AWSCURRENT"], SecretString: value },
    }),
    async ({ session, sent }) => {
      const secrets = secretsManager(session);
      const stored = await secrets.value("crm", { versionId });
      expect(stored).toMatchObject({ versionId, stages: ["AWSCURRENT"] });
      expect(stored.value.reveal()).toBe(value);
      expect(JSON.stringify(stored)).not.toContain(value);
      await secrets.value("crm", { stage: "AWSPENDING" });
      const binary = await secrets.value("crm");
      expect([binary.stages, binary.value.reveal()]).toEqual([[], value]);
      const inputs: GetSecretValueCommandInput[] = [
        { SecretId: "crm", VersionId: versionId },
        { SecretId: "crm", VersionStage: "AWSPENDING" },
        { SecretId: "crm" },
      ];
      expect([sent(0), sent(1), sent(2)]).toEqual(inputs);
    },
  );
});

test("an answer without any value is an empty one", async () => {
  await withAws(
    () => ({ body: { VersionId: versionId } }),
    async ({ session }) => {
      expect((await secretsManager(session).value("crm")).value.reveal()).toBe("");
    },
  );
});

test("stores a version under its id, again where the first answer was lost", async () => {
  const value = newSecret();
  await withAws(
    (_, count) => (count === 1 ? "drop" : { body: {} }),
    async ({ session, sent }) => {
      const secrets = secretsManager(session);
      await secrets.put("crm", { versionId, value: new Secret(value), stages: ["AWSPENDING"] });
      await secrets.put("crm", { versionId, value: new Secret(value) });
      const input: PutSecretValueCommandInput = {
        SecretId: "crm",
        ClientRequestToken: versionId,
        SecretString: value,
        VersionStages: ["AWSPENDING"],
      };
      const { VersionStages: _, ...current } = input;
      expect([sent(0), sent(1), sent(2)]).toEqual([input, input, current]);
    },
  );
});

test("moves a label once: what became of a lost answer is for the caller to look up", async () => {
  await withAws(
    (_, count) => (count < 3 ? { body: {} } : "drop"),
    async ({ session, server, sent }) => {
      const secrets = secretsManager(session);
      await secrets.moveStage("crm", "AWSCURRENT", { to: "new", from: "old" });
      await secrets.moveStage("crm", "AWSPENDING", {});
      const lost = secrets.moveStage("crm", "AWSCURRENT", { to: "new" });
      expect(await failureOf(lost)).toBeInstanceOf(AmbiguousOutcomeError);
      expect(server.received).toHaveLength(3);
      const inputs: UpdateSecretVersionStageCommandInput[] = [
        { SecretId: "crm", VersionStage: "AWSCURRENT", MoveToVersionId: "new", RemoveFromVersionId: "old" },
        { SecretId: "crm", VersionStage: "AWSPENDING" },
      ];
      expect([sent(0), sent(1)]).toEqual(inputs);
    },
  );
});

test("starts a rotation to a version", async () => {
  await withAws(
    () => ({ body: {} }),
    async ({ session, sent }) => {
      await secretsManager(session).rotate("crm", versionId);
      const input: RotateSecretCommandInput = { SecretId: "crm", ClientRequestToken: versionId };
      expect(sent(0)).toEqual(input);
    },
  );
});
