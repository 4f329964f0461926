import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { installPython } from "../../scripts/python/install.ts";

const root = process.cwd();
const workflows = join(root, ".github", "workflows");
const names = readdirSync(workflows);

interface Step {
  uses?: string;
  run?: string;
}

interface Workflow {
  permissions?: unknown;
  jobs: Record<string, { uses?: string; steps?: Step[]; permissions?: Record<string, string> }>;
}

const read = (name: string): Workflow => parse(readFileSync(join(workflows, name), "utf8"));

const zizmor = (path: string): { status: number | null; output: string } => {
  const tool = join(installPython(root, "zizmor"), "zizmor");
  const parameters = [
    "--offline",
    "--no-progress",
    "--no-config",
    "--persona",
    "pedantic",
    "--format",
    "plain",
    path,
  ];
  const { status, stdout, stderr } = spawnSync(tool, parameters, { encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
};

test("the linter of workflows has nothing to say", () => {
  const { status, output } = zizmor(join(root, ".github"));
  expect(output).toContain("No findings to report");
  expect(status).toBe(0);
}, 300_000);

test("the linter would speak", () => {
  const folder = mkdtempSync(join(tmpdir(), "workflow-"));
  const file = join(folder, "bad.yml");
  const steps = [
    "      - uses: actions/checkout@main",
    `      - run: echo "\${{ github.event.issue.title }}"`,
  ];
  writeFileSync(
    file,
    ["on: issues", "jobs:", "  a:", "    runs-on: ubuntu-latest", "    steps:", ...steps, ""].join("\n"),
  );
  const { status, output } = zizmor(file);
  expect(status).not.toBe(0);
  expect(output).toContain("unpinned-uses");
  expect(output).toContain("template-injection");
}, 300_000);

describe.each(names)("%s", (name) => {
  const { permissions, jobs } = read(name);
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  test("gives every job no more than reading, unless the job says so", () => {
    expect(permissions).toEqual({ contents: "read" });
  });

  test("uses every action at a full commit, or of this repository at the running one", () => {
    const used = [...Object.values(jobs).map(({ uses }) => uses), ...steps.map(({ uses }) => uses)];
    for (const uses of used.filter((each) => each !== undefined))
      expect(uses).toMatch(/^(\$\/\.github\/.+|[\w.-]+\/[\w./-]+@[0-9a-f]{40})$/);
  });

  test("installs no package whose scripts could run", () => {
    for (const { run = "" } of steps)
      if (/npm (ci|install)/.test(run)) expect(run).toContain("--ignore-scripts");
  });
});

test("only what deploys or plans becomes a role in AWS", () => {
  const withIdentity = names.flatMap((name) =>
    Object.entries(read(name).jobs)
      .filter(([, job]) => job.permissions?.["id-token"] === "write")
      .map(([job]) => `${name} ${job}`),
  );
  expect(withIdentity.sort()).toEqual(["check.yml deploy", "deploy.yml up", "preview.yml preview"]);
});

test("plan and deployment are judged by the policy pack", () => {
  const pulumi = ["preview.yml", "deploy.yml"].flatMap((name) =>
    Object.values(read(name).jobs).flatMap(({ steps = [] }) =>
      (steps as { uses?: string; with?: Record<string, unknown> }[]).filter(({ uses }) =>
        uses?.startsWith("pulumi/actions@"),
      ),
    ),
  );
  expect(pulumi.map((step) => [step.with?.command, step.with?.policyPacks])).toEqual([
    ["preview", "policies"],
    ["up", "policies"],
  ]);
});
