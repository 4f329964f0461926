import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { Secret } from "../../../apis/http/secret.ts";

test("a secret shows itself nowhere but where it is asked to", () => {
  const value = randomBytes(32).toString("hex");
  const secret = new Secret(value);
  const shown = [
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true, depth: 9 }),
  ];
  for (const text of shown) {
    expect(text).toContain("[secret]");
    expect(text).not.toContain(value);
  }
  expect(Object.values(secret)).toEqual([]);
  expect(secret.reveal()).toBe(value);
});
