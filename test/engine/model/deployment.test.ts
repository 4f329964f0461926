import { createHash } from "node:crypto";
import { createManifest, manifestMagic } from "../../../engine/model/deployment.ts";
import { GuardError } from "../../../engine/model/errors.ts";
import { isMap, isSecret, secret, signatureKey, signatures } from "../../../engine/model/property.ts";

test("a manifest bears the magic number of its version, by which the CLI knows its own files", () => {
  const magic = createHash("sha256").update("v3.270.0").digest("hex");
  const time = "2026-11-21T10:00:00.000Z";
  expect(createManifest("v3.270.0", new Date(time))).toEqual({ time, magic, version: "v3.270.0" });
  expect(manifestMagic("")).toBe("");
});

test("a user's mistake has a code and keeps its cause", () => {
  const cause = new Error("cause");
  const mistake = new GuardError("unknown-stack", "No stack.", { cause });
  expect(mistake).toMatchObject({ name: "GuardError", code: "unknown-stack", message: "No stack.", cause });
});

test.each([
  [secret(null), true, true],
  [{ [signatureKey]: signatures.asset }, true, false],
  [{}, true, false],
  [[], false, false],
  [null, false, false],
  [undefined, false, false],
  ["text", false, false],
])("%p is a map: %p, a secret: %p", (value, map, hidden) => {
  expect(isMap(value)).toBe(map);
  expect(isSecret(value)).toBe(hidden);
});
