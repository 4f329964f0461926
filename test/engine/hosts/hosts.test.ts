import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toLines } from "../../../engine/hosts/lines.ts";
import { findSdkScript } from "../../../engine/hosts/process.ts";
import { startServer } from "../../../engine/hosts/server.ts";
import { withoutStackTraces } from "../../../engine/hosts/stack-traces.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "guard-hosts-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const start = (code: string, startSeconds = 30) => {
  const script = join(directory, "host.cjs");
  writeFileSync(script, code);
  const printed: string[] = [];
  const push = (text: string) => void printed.push(text);
  const options = { script, args: [], cwd: directory, environment: {}, onStdout: push, onStderr: push };
  return { printed, started: startServer({ what: "The host", startSeconds, ...options }) };
};

describe("a host that serves", () => {
  test("is known by the port that it prints first; the rest of what it prints is passed on", async () => {
    const { printed, started } = start(
      "process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000); console.log('4711\\nhello')",
    );

    const host = await started;

    expect(host.address).toBe("127.0.0.1:4711");
    await host.stop();
    expect(await host.exited).toBe(0);
    expect(printed.join("")).toContain("hello");
  });

  test("is ended by force if it does not end when asked", async () => {
    const host = await start("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(1)")
      .started;

    await host.stop(0.2);

    expect(await host.exited).toBeUndefined();
  });

  test.each([
    [
      "ends at once",
      "console.error('no luck'); process.exit(3)",
      /The host did not start: it ended with code 3\nno luck/,
    ],
    ["prints no port", "console.log('hello'); setInterval(() => {}, 1000)", /The host did not start: hello/],
    ["stays silent", "setInterval(() => {}, 1000)", /The host did not start: it was silent for 0.5 s/],
  ])("that %s is reported with what it said", async (_what, code, message) => {
    await expect(start(code, code.includes("console") ? 30 : 0.5).started).rejects.toThrow(
      expect.objectContaining({ code: "host-failed", message: expect.stringMatching(message) }),
    );
  });

  test("needs the SDK of the program", () => {
    expect(() => findSdkScript(directory, "run")).toThrow(expect.objectContaining({ code: "missing-sdk" }));
  });
});

describe("what a host prints", () => {
  test("is cut into lines, however it arrives", () => {
    const lines: string[] = [];
    const { push, end } = toLines((line) => lines.push(line));

    for (const text of ["a", "b\nc\r\n", "", "d"]) push(text);
    end();
    end();

    expect(lines).toEqual(["ab", "c", "d"]);
  });

  test("loses the trace of a failure that its caller reports, and nothing else", () => {
    const passed: string[] = [];
    const push = withoutStackTraces((text) => passed.push(text));

    push("Error: no such\nclient: Error: no such\nclient\n    at f (x.js:1:1)\n    at g (y.js:1:1)\n");
    push("TypeError: x: TypeError: x\n    at f (x.js:1:1)\n");
    push("warning: the token expires soon\n");
    push("Error: something else\n    at f (x.js:1:1)\n");

    expect(passed).toEqual([
      "warning: the token expires soon\n",
      "Error: something else\n    at f (x.js:1:1)\n",
    ]);
  });
});

test("what Pulumi's SDK seldom needs is loaded by its first use", () => {
  const preload = join(import.meta.dirname, "../../../engine/hosts/load-late.cjs");
  const seen = () => Object.keys(require.cache).filter((file) => /arborist|typescript/.test(file)).length > 0;
  const script = `
    const { createRequire } = require("node:module");
    const sdk = createRequire(require.resolve("@pulumi/pulumi"));
    sdk("@pulumi/pulumi");
    const seen = ${seen};
    const before = seen();
    const tree = new (sdk("@npmcli/arborist").Arborist)({ path: process.cwd() });
    const { version } = sdk("@pulumi/pulumi/typescript-shim");
    console.log(JSON.stringify({ before, after: seen(), path: tree.path, version }));`;
  const printed = execFileSync(process.execPath, ["-r", preload, "-e", script], { encoding: "utf8" });

  expect(JSON.parse(printed)).toEqual({
    before: false,
    after: true,
    path: process.cwd(),
    version: expect.stringMatching(/^\d+\.\d+/),
  });
});
