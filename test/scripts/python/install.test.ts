import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPython } from "../../../scripts/python/install.ts";

/** Runs with another `python3` than the machine's. */
const withPython = (script: string | undefined, act: () => void): void => {
  const folder = mkdtempSync(join(tmpdir(), "python-"));
  if (script !== undefined) writeFileSync(join(folder, "python3"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const { PATH } = process.env;
  process.env.PATH = folder;
  try {
    act();
  } finally {
    process.env.PATH = PATH;
  }
};

test.each([
  ["is not there", undefined, /python3 cannot be run/],
  ["is too old", "echo 3.8", /newer Python than 3\.8/],
  ["does not work", "echo broken >&2; exit 1", /broken/],
])("where Python %s, the tests say what to install", (_, script, expected) => {
  withPython(script, () => {
    expect(() => installPython(process.cwd(), "moto")).toThrow(expected);
    expect(() => installPython(process.cwd(), "moto")).toThrow(/Install Python 3\.10 or newer/);
  });
});

test("a tool is installed once", () => {
  const python = installPython(process.cwd(), "moto");
  expect(installPython(process.cwd(), "moto")).toBe(python);
}, 300_000);
