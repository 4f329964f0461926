import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokens } from "../../../core/tokens.ts";
import { register, root } from "./program.ts";
import { type ClassName, classNames, type Registered } from "./resources.ts";

const secrets = {
  GENESYSCLOUD_OAUTHCLIENT_SECRET: randomBytes(32).toString("base64url"),
  GITHUB_TOKEN: randomBytes(20).toString("hex"),
};
const textOf = ({ inputs }: Registered): string => String(inputs.__provider);

let registered: Record<ClassName, Registered>;
beforeAll(async () => {
  registered = await register(join(root, "providers/index.ts"), secrets);
});

test("every class registers its own token", () => {
  expect(
    Object.values(registered)
      .map(({ type }) => type)
      .sort(),
  ).toEqual(Object.values(tokens).sort());
});

describe.each(classNames)("the text that the state keeps of a %s's provider", (name) => {
  test("is under 2.5 KB", () => {
    expect(Buffer.byteLength(textOf(registered[name]))).toBeLessThan(2500);
  });

  test("loads the provider when a method runs, and holds nothing else", () => {
    const required = [...textOf(registered[name]).matchAll(/require\("([^"]+)"\)\.(\w+)\.(\w+)/g)];
    expect(required.map(([, module]) => module)).toEqual(
      Array(6).fill("@genesys-credential-guard/providers/host"),
    );
    expect(new Set(required.map(([, , provider]) => provider)).size).toBe(1);
    expect(required.map(([, , , method]) => method)).toEqual([
      "check",
      "diff",
      "create",
      "read",
      "update",
      "delete",
    ]);
  });

  test("holds no secret of the environment", () => {
    for (const secret of Object.values(secrets)) {
      expect(JSON.stringify(registered[name])).not.toContain(secret);
    }
  });
});

test("no text changes when the code of the providers does", async () => {
  // Outside the tree, where nothing that watches it is disturbed.
  const copy = await mkdtemp(join(tmpdir(), "shim-"));
  try {
    for (const folder of ["providers", "core", "apis"]) {
      await cp(join(root, folder), join(copy, folder), {
        recursive: true,
        filter: (source) => !source.includes("node_modules"),
      });
    }
    await cp(join(root, "package.json"), join(copy, "package.json"));
    await symlink(join(root, "node_modules"), join(copy, "node_modules"));
    const files = await readdir(join(copy, "providers"), { recursive: true });
    const changed = ["host.ts", ...files.filter((file) => file.endsWith("-provider.ts"))];
    for (const file of changed) {
      await writeFile(
        join(copy, "providers", file),
        `export const version = "${randomBytes(8).toString("hex")}";\n`,
      );
    }
    expect(changed.length).toBeGreaterThan(10);
    const again = await register(join(copy, "providers/index.ts"));
    for (const name of classNames) expect(textOf(again[name])).toBe(textOf(registered[name]));
  } finally {
    await rm(copy, { recursive: true });
  }
});
