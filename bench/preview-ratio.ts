import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { serveInstantMonitor } from "./instant-monitor.ts";
import { atMost, type Result } from "./result.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

const clients = 300;
const rounds = 9;

const root = join(import.meta.dirname, "..");
module.enableCompileCache();
const compileCache = dirname(module.getCompileCacheDir() ?? "");

/** Runs the program against a monitor that answers at once. */
const runAlone = async ({ configFile, environment }: Workspace, address: string): Promise<void> => {
  const { config } = parse(readFileSync(configFile, "utf8")) as { config: Record<string, unknown> };
  const values = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const script = createRequire(join(root, "infra", "index.js")).resolve("@pulumi/pulumi/cmd/run");
  const options = {
    monitor: address,
    engine: address,
    organization: "organization",
    project: "genesys-credential-guard",
    stack: "sandbox",
    pwd: join(root, "infra"),
    parallel: "8",
    "dry-run": "true",
  };
  const flags = Object.entries(options).map(([key, value]) => `--${key}=${value}`);
  // Started as guard starts it: what is compared is the engine, not the start.
  const preloads = ["load-late.cjs", "without-source-maps.cjs"].flatMap((file) => [
    "-r",
    join(root, "engine", "hosts", file),
  ]);
  const start = [...preloads, script];
  const child = spawn(process.execPath, [...start, ...flags, join(root, "infra", "index.ts")], {
    cwd: join(root, "infra"),
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      ...environment,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
      PULUMI_CONFIG_SECRET_KEYS: "[]",
      PULUMI_NODEJS_TYPESCRIPT: "false",
      // As guard's own processes have it.
      NODE_COMPILE_CACHE: compileCache,
    },
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`The program ended with code ${code}.`);
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** An unchanged preview of 300 clients, as a multiple of what the program takes by itself. */
export const measurePreview = async (): Promise<Result[]> => {
  const workspace = await openWorkspace(clients, { rateLimitPerMinute: "off" });
  const monitor = await serveInstantMonitor();
  try {
    await workspace.guard("up", "--yes");
    await runAlone(workspace, monitor.address);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const engine = await timed(() => workspace.guard("preview", "--expect-no-changes"));
      const alone = await timed(() => runAlone(workspace, monitor.address));
      ratios.push(engine / alone);
    }
    const ratio = Number(median(ratios).toFixed(2));
    return [
      atMost(
        `unchanged preview of ${clients} clients against an engine that answers at once (median of ${rounds})`,
        ratio,
        1.5,
        "times",
        "ratio",
      ),
    ];
  } finally {
    await monitor.close();
    await workspace.close();
  }
};
