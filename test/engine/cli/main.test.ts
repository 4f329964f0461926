import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openPassphrase } from "../../../engine/secrets/passphrase.ts";
import { openWorkplace, type Workplace } from "../workplace.ts";

const guard = resolve(import.meta.dirname, "../../../engine/guard.mjs");
let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace("things");
});
afterEach(() => place.close());

describe("guard", () => {
  test("explains itself", async () => {
    expect(await place.guard("--help")).toMatchObject({
      code: 0,
      text: expect.stringContaining("Usage: guard COMMAND"),
    });
  });

  test.each([
    ["an unknown stack", ["preview", "--stack", "prod"], /stack.*prod/],
    ["a folder without a project", ["preview", "--cwd", "/"], /No Pulumi.yaml in \//],
    ["an unknown flag", ["preview", "--fast"], /unknown flag: --fast/],
    ["a missing confirmation", ["up"], /--yes or --skip-preview must be passed in/],
  ])("ends with 1 and one message after %s", async (_what, args, message) => {
    const { code, text } = await place.guard(...args);

    expect(code).toBe(1);
    expect(text).toMatch(message);
    expect(text).toMatch(/^error: /);
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+/m);
  });

  test("ends with 1 after a wrong passphrase, and calls nobody", async () => {
    const crypter = await openPassphrase({
      environment: { PULUMI_CONFIG_PASSPHRASE: randomBytes(8).toString("hex") },
    });
    writeFileSync(
      join(place.directory, "Pulumi.dev.yaml"),
      `encryptionsalt: ${crypter.salt}\nconfig:\n  program:token:\n    secure: ${crypter.encrypt("x")}\n`,
    );
    place.environment.PULUMI_CONFIG_PASSPHRASE = "wrong";

    const { code, text } = await place.guard("up", "--yes");

    expect(code).toBe(1);
    expect(text).toContain("incorrect passphrase");
    expect(place.world.calls).toEqual([]);
  });

  test("runs with the Node of the project where the machine's own is too old", () => {
    const preload = join(place.directory, "pretend-old.cjs");
    writeFileSync(
      preload,
      'if (!process.env.GUARD_NODE) Object.defineProperty(process.versions, "node", { value: "20.0.0" });',
    );
    const { status, stdout } = spawnSync(process.execPath, ["--require", preload, guard, "--help"], {
      encoding: "utf8",
      env: { PATH: process.env.PATH },
    });

    expect(status).toBe(0);
    expect(stdout).toContain("Usage: guard COMMAND");
  });

  test("prints a program's mistake once, with the place where it is", async () => {
    appendFileSync(join(place.directory, "index.ts"), "\nthrow new pulumi.RunError('no luck today');\n");

    const { code, text } = await place.guard("preview");

    expect(code).toBe(1);
    expect(text.match(/no luck today/g)).toHaveLength(1);
  });
});

describe("guard outputs", () => {
  test("prints the outputs of the stack, secrets only when asked", async () => {
    place.environment.CANARY = randomBytes(12).toString("hex");
    place.environment.PULUMI_CONFIG_PASSPHRASE = randomBytes(12).toString("hex");
    place.declare({ name: "a", value: "1" });
    await place.guard("up", "--yes", "--skip-preview");

    const { text } = await place.guard("outputs");
    const { json } = await place.guard("outputs", "--json");
    const { text: open } = await place.guard("outputs", "--show-secrets");

    expect(text).toContain("serials");
    expect(text).toContain("[secret]");
    expect(text).not.toContain(place.environment.CANARY);
    expect(json).toEqual({ serials: { a: "serial-1" }, tokens: { a: "[secret]" } });
    expect(open).toContain(place.environment.CANARY);
  });

  test("of a stack that was never deployed are none", async () => {
    expect(await place.guard("outputs")).toMatchObject({ code: 0, text: "no outputs\n" });
  });
});
