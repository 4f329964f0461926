import { guardStep, type StagedSecret, versionWith } from "../../../core/rotation/step-guard.ts";

const secret: StagedSecret = {
  rotationEnabled: true,
  versions: [
    { versionId: "old", stages: ["AWSPREVIOUS"] },
    { versionId: "now", stages: ["AWSCURRENT"] },
    { versionId: "new", stages: ["AWSPENDING"] },
  ],
};

test("the pending version proceeds", () => {
  expect(guardStep(secret, "new")).toEqual({ kind: "proceed" });
});

test("the current version is done, even if it is still marked pending", () => {
  expect(guardStep(secret, "now")).toEqual({ kind: "done" });
  const promoted = { ...secret, versions: [{ versionId: "new", stages: ["AWSCURRENT", "AWSPENDING"] }] };
  expect(guardStep(promoted, "new")).toEqual({ kind: "done" });
});

test.each([
  ["a version that was superseded", secret, "old", "not-pending"],
  ["a version that nobody knows", secret, "none", "unknown-version"],
  ["a secret that is not rotated", { ...secret, rotationEnabled: false }, "new", "rotation-disabled"],
  ["a secret that is being deleted", { ...secret, deletedAt: 1 }, "new", "secret-deleted"],
])("%s is refused", (_, given, version, why) => {
  expect(guardStep(given, version)).toEqual({ kind: "refused", why });
});

test("a label is on one version or none", () => {
  expect(versionWith(secret, "AWSCURRENT")).toBe("now");
  expect(versionWith(secret, "MINE")).toBeUndefined();
});
