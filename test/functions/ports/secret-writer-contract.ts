import type { SecretWriter } from "../../../functions/ports.ts";
import { Contract, type ContractOptions, codeOf, type Harness, newName, newVersionId } from "./contract.ts";
import { missingSecret, type SecretsAdministrator, secretOf } from "./secrets.ts";

export interface SecretWriterHarness extends Harness<SecretWriter> {
  admin: SecretsAdministrator;
}

/**
 * What `SecretWriter` promises, from the documentation of PutSecretValue and UpdateSecretVersionStage
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/).
 */
export const describeSecretWriterContract = (
  of: string,
  make: () => Promise<SecretWriterHarness>,
  options: ContractOptions = {},
): void =>
  describe(`a writer of secrets: ${of}`, () => {
    const contract = new Contract(make, options);

    const withFirst = async ({ admin }: SecretWriterHarness) => {
      const [first, second] = [newVersionId(), newVersionId()];
      const arn = await admin.create(newName("rotated/one"), { versionId: first, value: secretOf("first") });
      return { arn, first, second };
    };

    /** A secret in the middle of a rotation: the new value is stored, the old one is current. */
    const withPending = async (harness: SecretWriterHarness) => {
      const secret = await withFirst(harness);
      await harness.port.put(secret.arn, {
        versionId: secret.second,
        value: secretOf("second"),
        stages: ["AWSPENDING"],
      });
      return secret;
    };

    contract.test("stores a pending version beside the current one", async (harness) => {
      const { arn, first, second } = await withPending(harness);
      expect(await harness.admin.stages(arn)).toEqual({ [first]: ["AWSCURRENT"], [second]: ["AWSPENDING"] });
      expect(await harness.admin.value(arn, second)).toBe(secretOf("second").reveal());
      expect(await harness.admin.value(arn, first)).toBe(secretOf("first").reveal());
    });

    contract.test("stores the first value of an empty secret", async ({ port, admin }) => {
      const arn = await admin.create(newName("rotated/empty"));
      const versionId = newVersionId();
      await port.put(arn, { versionId, value: secretOf("first"), stages: ["AWSCURRENT"] });
      expect(await admin.stages(arn)).toEqual({ [versionId]: ["AWSCURRENT"] });
    });

    contract.test(
      "fills the version that a rotation has begun",
      async (harness) => {
        const { arn, first, second } = await withFirst(harness);
        await harness.admin.enableRotation(arn);
        await harness.admin.begin(arn, second);
        await harness.port.put(arn, { versionId: second, value: secretOf("second"), stages: ["AWSPENDING"] });
        expect(await harness.admin.value(arn, second)).toBe(secretOf("second").reveal());
        expect(await harness.admin.stages(arn)).toEqual({
          [first]: ["AWSCURRENT"],
          [second]: ["AWSPENDING"],
        });
      },
      "no-empty-pending-version",
    );

    contract.test("changes nothing when the same version comes again", async (harness) => {
      const { arn, first, second } = await withPending(harness);
      await harness.port.put(arn, { versionId: second, value: secretOf("second"), stages: ["AWSPENDING"] });
      expect(await harness.admin.stages(arn)).toEqual({ [first]: ["AWSCURRENT"], [second]: ["AWSPENDING"] });
    });

    contract.test(
      "moves no label when the same version comes again with others",
      async (harness) => {
        const { arn, first, second } = await withPending(harness);
        await harness.port.put(arn, { versionId: second, value: secretOf("second"), stages: ["AWSCURRENT"] });
        expect(await harness.admin.stages(arn)).toEqual({
          [first]: ["AWSCURRENT"],
          [second]: ["AWSPENDING"],
        });
      },
      "token-not-idempotent",
    );

    contract.test(
      "refuses another value for a version that has one",
      async (harness) => {
        const { arn, second } = await withPending(harness);
        const again = { versionId: second, value: secretOf("other"), stages: ["AWSPENDING"] };
        expect(await codeOf(harness.port.put(arn, again))).toBe("already-exists");
        expect(await harness.admin.value(arn, second)).toBe(secretOf("second").reveal());
      },
      "token-not-idempotent",
    );

    contract.test(
      "takes a label from the version that had it",
      async (harness) => {
        const { arn, first, second } = await withPending(harness);
        const third = newVersionId();
        await harness.port.put(arn, { versionId: third, value: secretOf("third"), stages: ["AWSPENDING"] });
        expect(await harness.admin.stages(arn)).toEqual({ [first]: ["AWSCURRENT"], [third]: ["AWSPENDING"] });
        expect(Object.keys(await harness.admin.stages(arn))).not.toContain(second);
      },
      "labels-on-two-versions",
    );

    contract.test("keeps the version that was current as the previous one", async (harness) => {
      const { arn, first, second } = await withFirst(harness);
      await harness.port.put(arn, { versionId: second, value: secretOf("second"), stages: ["AWSCURRENT"] });
      expect(await harness.admin.stages(arn)).toEqual({ [second]: ["AWSCURRENT"], [first]: ["AWSPREVIOUS"] });
    });

    contract.test("moves AWSCURRENT, and AWSPREVIOUS after it", async (harness) => {
      const { arn, first, second } = await withPending(harness);
      await harness.port.moveStage(arn, "AWSCURRENT", { to: second, from: first });
      const stages = await harness.admin.stages(arn);
      expect(stages[first]).toEqual(["AWSPREVIOUS"]);
      expect(stages[second]?.toSorted()).toEqual(["AWSCURRENT", "AWSPENDING"]);
    });

    contract.test("swaps both labels when a rotation is taken back", async (harness) => {
      const { arn, first, second } = await withPending(harness);
      await harness.port.moveStage(arn, "AWSCURRENT", { to: second, from: first });
      await harness.port.moveStage(arn, "AWSPENDING", { from: second });
      await harness.port.moveStage(arn, "AWSCURRENT", { to: first, from: second });
      expect(await harness.admin.stages(arn)).toEqual({ [first]: ["AWSCURRENT"], [second]: ["AWSPREVIOUS"] });
    });

    contract.test(
      "moves no label from a version that does not have it",
      async (harness) => {
        const { arn, first, second } = await withPending(harness);
        const before = await harness.admin.stages(arn);
        const { port } = harness;
        expect(await codeOf(port.moveStage(arn, "AWSCURRENT", { to: first, from: second }))).toBe("conflict");
        expect(await codeOf(port.moveStage(arn, "AWSCURRENT", { to: second }))).toBe("conflict");
        expect(await codeOf(port.moveStage(arn, "AWSPENDING", { from: first }))).toBe("conflict");
        expect(await harness.admin.stages(arn)).toEqual(before);
      },
      "labels-unguarded",
    );

    contract.test("takes a label off a version", async (harness) => {
      const { arn, first, second } = await withPending(harness);
      await harness.port.moveStage(arn, "AWSPENDING", { from: second });
      expect(await harness.admin.stages(arn)).toEqual({ [first]: ["AWSCURRENT"] });
    });

    contract.test(
      "moves no label to a version that is not there",
      async (harness) => {
        const { arn, first } = await withFirst(harness);
        const move = harness.port.moveStage(arn, "AWSCURRENT", { to: newVersionId(), from: first });
        expect(["not-found", "conflict"]).toContain(await codeOf(move));
        expect(await harness.admin.stages(arn)).toEqual({ [first]: ["AWSCURRENT"] });
      },
      "refused-moves-half-done",
    );

    contract.test(
      "changes nothing of a secret that is scheduled for deletion",
      async (harness) => {
        const { arn, first, second } = await withPending(harness);
        await harness.admin.delete(arn);
        const more = { versionId: newVersionId(), value: secretOf("late"), stages: ["AWSPENDING"] };
        expect(await codeOf(harness.port.put(arn, more))).toBe("conflict");
        const move = harness.port.moveStage(arn, "AWSCURRENT", { to: second, from: first });
        expect(await codeOf(move)).toBe("conflict");
      },
      "deleted-secrets-writable",
    );

    contract.test("does not find what is not there", async ({ port }) => {
      const version = { versionId: newVersionId(), value: secretOf("x"), stages: ["AWSCURRENT"] };
      expect(await codeOf(port.put(missingSecret, version))).toBe("not-found");
      const move = { to: newVersionId(), from: newVersionId() };
      expect(await codeOf(port.moveStage(missingSecret, "AWSCURRENT", move))).toBe("not-found");
    });

    contract.denies<SecretWriter>({
      put: async (port, harness) => {
        const { arn, second } = await withFirst(harness);
        await port.put(arn, { versionId: second, value: secretOf("second"), stages: ["AWSPENDING"] });
      },
      moveStage: async (port, harness) => {
        const { arn, first, second } = await withPending(harness);
        await port.moveStage(arn, "AWSCURRENT", { to: second, from: first });
      },
    });
  });
