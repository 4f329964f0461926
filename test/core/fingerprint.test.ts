import { fingerprint } from "../../core/fingerprint.ts";

test("a fingerprint is the SHA-256 of the secret in hexadecimal", () => {
  expect(fingerprint("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
