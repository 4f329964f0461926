import type { RotationTrigger } from "../../../functions/ports.ts";
import { Contract, type ContractOptions, codeOf, type Harness, newName, newVersionId } from "./contract.ts";
import { missingSecret, type SecretsAdministrator, secretOf } from "./secrets.ts";

export interface TriggerHarness extends Harness<RotationTrigger> {
  admin: SecretsAdministrator;
}

/**
 * What `RotationTrigger` promises, from the documentation of RotateSecret
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html).
 */
export const describeTriggerContract = (
  of: string,
  make: () => Promise<TriggerHarness>,
  options: ContractOptions = {},
): void =>
  describe(`a trigger of rotations: ${of}`, () => {
    const contract = new Contract(make, options);

    const rotated = async ({ admin }: TriggerHarness) => {
      const first = newVersionId();
      const arn = await admin.create(newName("rotated/one"), { versionId: first, value: secretOf("first") });
      await admin.enableRotation(arn);
      return { arn, first };
    };

    contract.test(
      "starts a rotation to the given version",
      async (harness) => {
        const { arn, first } = await rotated(harness);
        const versionId = newVersionId();
        expect(await harness.port.rotateNow(arn, versionId)).toBe("started");
        expect(await harness.admin.stages(arn)).toEqual({
          [first]: ["AWSCURRENT"],
          [versionId]: ["AWSPENDING"],
        });
      },
      "no-empty-pending-version",
    );

    contract.test(
      "starts none while another version is pending",
      async (harness) => {
        const { arn, first } = await rotated(harness);
        const pending = newVersionId();
        await harness.admin.put(arn, { versionId: pending, value: secretOf("new"), stages: ["AWSPENDING"] });
        expect(await harness.port.rotateNow(arn, newVersionId())).toBe("running");
        expect(await harness.admin.stages(arn)).toEqual({
          [first]: ["AWSCURRENT"],
          [pending]: ["AWSPENDING"],
        });
      },
      "pending-check-inverted",
    );

    contract.test(
      "starts one although AWSPENDING is still on the current version",
      async (harness) => {
        const { arn } = await rotated(harness);
        const current = newVersionId();
        const stages = ["AWSCURRENT", "AWSPENDING"];
        await harness.admin.put(arn, { versionId: current, value: secretOf("new"), stages });
        const versionId = newVersionId();
        expect(await harness.port.rotateNow(arn, versionId)).toBe("started");
        const after = await harness.admin.stages(arn);
        expect(after[versionId]).toEqual(["AWSPENDING"]);
        expect(after[current]).toEqual(["AWSCURRENT"]);
      },
      "pending-check-inverted",
    );

    contract.test(
      "makes no second version when the same rotation is started twice",
      async (harness) => {
        const { arn, first } = await rotated(harness);
        const versionId = newVersionId();
        await harness.port.rotateNow(arn, versionId);
        await harness.port.rotateNow(arn, versionId);
        expect(await harness.admin.stages(arn)).toEqual({
          [first]: ["AWSCURRENT"],
          [versionId]: ["AWSPENDING"],
        });
      },
      "no-empty-pending-version",
      "pending-check-inverted",
    );

    contract.test(
      "refuses a secret that no function rotates",
      async ({ port, admin }) => {
        const arn = await admin.create(newName("rotated/unrotated"), {
          versionId: newVersionId(),
          value: secretOf("first"),
        });
        expect(await codeOf(port.rotateNow(arn, newVersionId()))).toBe("conflict");
      },
      "rotates-without-function",
    );

    contract.test("refuses a secret that is scheduled for deletion", async (harness) => {
      const { arn } = await rotated(harness);
      await harness.admin.delete(arn);
      expect(await codeOf(harness.port.rotateNow(arn, newVersionId()))).toBe("conflict");
    });

    contract.test("does not find what is not there", async ({ port }) => {
      expect(await codeOf(port.rotateNow(missingSecret, newVersionId()))).toBe("not-found");
    });

    contract.denies<RotationTrigger>({
      rotateNow: async (port, harness) => port.rotateNow((await rotated(harness)).arn, newVersionId()),
    });
  });
