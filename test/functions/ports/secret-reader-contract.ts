import type { SecretReader } from "../../../functions/ports.ts";
import { Contract, type ContractOptions, codeOf, type Harness, newName, newVersionId } from "./contract.ts";
import { missingSecret, type SecretsAdministrator, secretOf } from "./secrets.ts";

export interface SecretReaderHarness extends Harness<SecretReader> {
  admin: SecretsAdministrator;
}

/**
 * What `SecretReader` promises, from the documentation of DescribeSecret and GetSecretValue
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/).
 */
export const describeSecretReaderContract = (
  of: string,
  make: () => Promise<SecretReaderHarness>,
  options: ContractOptions = {},
): void =>
  describe(`a reader of secrets: ${of}`, () => {
    const contract = new Contract(make, options);

    const withTwo = async ({ admin }: SecretReaderHarness) => {
      const [older, newer] = [newVersionId(), newVersionId()];
      const name = newName("rotated/two");
      const arn = await admin.create(name, { versionId: older, value: secretOf("older") });
      await admin.put(arn, { versionId: newer, value: secretOf("newer"), stages: ["AWSCURRENT"] });
      return { name, arn, older, newer };
    };

    contract.test("tells name, ARN and the labels of every version that has any", async (harness) => {
      const { name, arn, older, newer } = await withTwo(harness);
      const described = await harness.port.describe(arn);
      expect(described).toMatchObject({ name, arn, rotationEnabled: false });
      expect(described.deletedAt).toBeUndefined();
      const stages = Object.fromEntries(described.versions.map((each) => [each.versionId, each.stages]));
      expect(stages).toEqual({ [older]: ["AWSPREVIOUS"], [newer]: ["AWSCURRENT"] });
      for (const { createdAt } of described.versions) {
        expect(createdAt).toBeGreaterThan(Date.parse("2020-01-01"));
        expect(createdAt).toBeLessThan(Date.parse("2100-01-01"));
      }
    });

    contract.test("leaves out versions without a label", async (harness) => {
      const { arn, older } = await withTwo(harness);
      await harness.admin.put(arn, {
        versionId: newVersionId(),
        value: secretOf("newest"),
        stages: ["AWSCURRENT"],
      });
      const { versions } = await harness.port.describe(arn);
      expect(versions).toHaveLength(2);
      expect(versions.map(({ versionId }) => versionId)).not.toContain(older);
    });

    contract.test("finds a secret by its name as by its ARN", async (harness) => {
      const { name, arn } = await withTwo(harness);
      // An emulator may date its versions by its own clock whenever it is asked.
      const undated = async (secretId: string) => {
        const { versions, ...rest } = await harness.port.describe(secretId);
        return { ...rest, versions: versions.map(({ versionId, stages }) => ({ versionId, stages })) };
      };
      expect(await undated(name)).toEqual(await undated(arn));
    });

    contract.test("tells that rotation is on, and when it comes next", async (harness) => {
      const { arn } = await withTwo(harness);
      await harness.admin.enableRotation(arn);
      expect((await harness.port.describe(arn)).rotationEnabled).toBe(true);
    });

    contract.test("describes a secret without any version", async ({ port, admin }) => {
      const arn = await admin.create(newName("rotated/empty"));
      expect((await port.describe(arn)).versions).toEqual([]);
      expect(await port.value(arn, { stage: "AWSCURRENT" })).toBeUndefined();
    });

    contract.test("reads a value by label and by version", async (harness) => {
      const { arn, older, newer } = await withTwo(harness);
      const { port } = harness;
      expect((await port.value(arn, { stage: "AWSCURRENT" }))?.reveal()).toBe(secretOf("newer").reveal());
      expect((await port.value(arn, { stage: "AWSPREVIOUS" }))?.reveal()).toBe(secretOf("older").reveal());
      expect((await port.value(arn, { versionId: older }))?.reveal()).toBe(secretOf("older").reveal());
      expect((await port.value(arn, { versionId: newer }))?.reveal()).toBe(secretOf("newer").reveal());
    });

    contract.test("shows no value by accident", async (harness) => {
      const { arn } = await withTwo(harness);
      const value = await harness.port.value(arn, { stage: "AWSCURRENT" });
      expect(`${value} ${JSON.stringify(value)}`).not.toContain("newer");
    });

    contract.test("has no value for a label or a version that is not there", async (harness) => {
      const { arn } = await withTwo(harness);
      expect(await harness.port.value(arn, { stage: "AWSPENDING" })).toBeUndefined();
      expect(await harness.port.value(arn, { versionId: newVersionId() })).toBeUndefined();
    });

    contract.test(
      "has no value for a version that a rotation has only begun",
      async (harness) => {
        const { arn } = await withTwo(harness);
        const pending = newVersionId();
        await harness.admin.enableRotation(arn);
        await harness.admin.begin(arn, pending);
        const { versions } = await harness.port.describe(arn);
        expect(versions.find(({ stages }) => stages.includes("AWSPENDING"))?.versionId).toBe(pending);
        expect(await harness.port.value(arn, { stage: "AWSPENDING" })).toBeUndefined();
        expect(await harness.port.value(arn, { versionId: pending })).toBeUndefined();
      },
      "no-empty-pending-version",
    );

    contract.test(
      "describes a secret that is scheduled for deletion, and refuses its value",
      async (harness) => {
        const { arn } = await withTwo(harness);
        await harness.admin.delete(arn);
        expect((await harness.port.describe(arn)).deletedAt).toBeGreaterThan(Date.parse("2020-01-01"));
        expect(await codeOf(harness.port.value(arn, { stage: "AWSCURRENT" }))).toBe("conflict");
      },
    );

    contract.test("does not find what is not there", async ({ port }) => {
      expect(await codeOf(port.describe(missingSecret))).toBe("not-found");
      expect(await codeOf(port.value(missingSecret, { stage: "AWSCURRENT" }))).toBe("not-found");
    });

    contract.denies<SecretReader>({
      describe: async (port, harness) => port.describe((await withTwo(harness)).arn),
      value: async (port, harness) => port.value((await withTwo(harness)).arn, { stage: "AWSCURRENT" }),
    });
  });
