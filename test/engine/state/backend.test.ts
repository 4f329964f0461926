import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { dirname, join } from "node:path";
import type { Deployment } from "../../../engine/model/deployment.ts";
import { manifestMagic } from "../../../engine/model/deployment.ts";
import { secret, signatureKey, signatures } from "../../../engine/model/property.ts";
import { loadProject } from "../../../engine/project/project.ts";
import { openPassphrase } from "../../../engine/secrets/passphrase.ts";
import { type Backend, openBackend } from "../../../engine/state/backend.ts";
import { formatVersion } from "../../../engine/state/checkpoint.ts";
import { writeDurably } from "../../../engine/state/durable-file.ts";
import { parseBackendUrl } from "../../../engine/state/location.ts";
import { mistakeOf, useWorkspace } from "../project/workspace.ts";
import { client, clientUrn, deployment, provider, stack } from "./fixtures.ts";

const workspace = useWorkspace();
const environment = { PULUMI_CONFIG_PASSPHRASE: randomBytes(9).toString("hex") };
const now = () => new Date("2026-11-21T10:00:00.000Z");

const open = (more: Partial<Parameters<typeof openBackend>[0]> = {}, project = ""): Backend =>
  openBackend({
    project: loadProject(workspace.write({ "Pulumi.yaml": `name: demo\nruntime: nodejs\n${project}` })),
    environment,
    now,
    ...more,
  });

const path = (...parts: string[]) => join(workspace.root, ".guard", ".pulumi", ...parts);
const stackPath = () => path("stacks", "demo", "dev.json");
const written = () => JSON.parse(readFileSync(stackPath(), "utf8"));
const place = (file: string, content: unknown) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
};
const placeCheckpoint = (latest: unknown) =>
  place(stackPath(), { version: 3, checkpoint: { stack: "organization/demo/dev", latest } });

describe("a state", () => {
  test("that was never saved is nothing", async () => {
    expect(await open().read("dev")).toBeUndefined();
    expect(existsSync(path())).toBe(false);
  });

  test("of a stack that the CLI has only initialised is nothing", async () => {
    place(stackPath(), { version: 3, checkpoint: { stack: "organization/demo/dev" } });
    expect(await open().read("dev")).toBeUndefined();
  });

  test("is laid out as the CLI lays it out", async () => {
    await open().save("dev", deployment(client("crm")));
    expect(readFileSync(path("meta.yaml"), "utf8")).toBe("version: 1\n");
    expect(written()).toEqual({
      version: 3,
      checkpoint: {
        stack: "organization/demo/dev",
        latest: {
          manifest: {
            time: "2026-11-21T10:00:00.000Z",
            version: formatVersion,
            magic: manifestMagic(formatVersion),
          },
          resources: [stack(), provider(), client("crm")],
          metadata: {},
        },
      },
    });
    expect(statSync(stackPath()).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(stackPath()))).toEqual(["dev.json"]);
  });

  test("keeps its former text as .bak, and drops the checksum that the CLI left", async () => {
    const backend = open();
    await backend.save("dev", deployment(client("first")));
    place(`${stackPath()}.attrs`, "{}");
    await backend.save("dev", deployment(client("second")));
    expect(readFileSync(`${stackPath()}.bak`, "utf8")).toContain("first");
    expect(readFileSync(stackPath(), "utf8")).toContain("second");
    expect(existsSync(`${stackPath()}.attrs`)).toBe(false);
  });

  test("is written in the format of the Pulumi SDK that is installed", () => {
    const { version } = JSON.parse(readFileSync("node_modules/@pulumi/pulumi/package.json", "utf8"));
    expect(formatVersion).toBe(`v${version}`);
  });

  test("keeps every field that the CLI has written, known to us or not", async () => {
    const resource = {
      ...client("crm"),
      delete: false,
      taint: false,
      protect: true,
      external: false,
      initErrors: ["slow"],
      propertyDependencies: { roles: [], name: null },
      pendingReplacement: false,
      additionalSecretOutputs: ["secret"],
      aliases: [clientUrn("former")],
      customTimeouts: { create: 120 },
      importID: "x",
      retainOnDelete: true,
      deletedWith: "",
      replaceWith: null,
      replacementTrigger: { a: 1 },
      created: "2026-01-02T03:04:05.123456789Z",
      modified: "2026-01-02T03:04:05Z",
      sourcePosition: "project:///index.ts#1,2",
      stackTrace: [{ sourcePosition: "project:///index.ts#1,2" }],
      ignoreChanges: ["a"],
      hideDiff: ["b"],
      replaceOnChanges: ["c"],
      resourceHooks: null,
      inventedLater: { deep: [1, null] },
      outputs: { bytes: { [signatureKey]: "unknown-signature", value: "AA==" }, large: 1e300 },
    };
    const latest = {
      ...deployment(),
      manifest: {
        ...deployment().manifest,
        plugins: [{ name: "aws", path: "", type: "resource", version: "7.0.0" }],
      },
      secrets_providers: { type: "passphrase", state: { salt: "v1:a:b" } },
      resources: [stack(), provider(), resource],
      pending_operations: [{ resource: client("other"), type: "creating" }],
      metadata: { integrity_error: { version: "v3.1.0" } },
      extensions: {},
      inventedLater: true,
    };
    placeCheckpoint(latest);
    const backend = open();
    const read = await backend.read("dev");
    expect(read).toEqual(latest);
    await backend.save("dev", read as Deployment);
    const { plugins } = latest.manifest;
    const stamped = {
      time: now().toISOString(),
      version: formatVersion,
      magic: manifestMagic(formatVersion),
      plugins,
    };
    expect(written().checkpoint.latest).toEqual({ ...latest, manifest: stamped });
  });

  test("that contradicts itself is written all the same, and then refused", async () => {
    const mistake = await mistakeOf(() =>
      open().save("dev", deployment(client("a", { parent: clientUrn("x") }))),
    );
    expect(mistake).toMatchObject({
      code: "damaged-state",
      message: expect.stringContaining("which is missing"),
    });
    expect(readFileSync(stackPath(), "utf8")).toContain("id-of-a");
    expect((await mistakeOf(() => open().read("dev"))).code).toBe("damaged-state");
  });

  test("may be without resources", async () => {
    const backend = open();
    await backend.save("dev", { manifest: deployment().manifest });
    expect((await backend.read("dev"))?.resources).toBeUndefined();
  });

  test("is forgotten with its history, except for its .bak", async () => {
    const backend = open();
    await backend.save("dev", deployment());
    place(path("history", "demo", "dev", "dev-1.history.json"), {});
    place(path("stacks", "demo", "dev.pulumi-tags"), {});
    await backend.remove("dev");
    expect(await backend.read("dev")).toBeUndefined();
    expect(readdirSync(dirname(stackPath()))).toEqual(["dev.json.bak"]);
    expect(existsSync(path("history", "demo", "dev"))).toBe(false);
    await backend.remove("dev");
  });

  test("is listed by the name of its stack, in the same project only", async () => {
    const backend = open();
    expect(await backend.list()).toEqual([]);
    for (const name of ["prod", "dev"]) await backend.save(name, deployment());
    await backend.save("dev", deployment());
    place(path("stacks", "other", "theirs.json"), {});
    place(path("stacks", "demo", "dev.json.attrs"), {});
    expect(await backend.list()).toEqual(["dev", "prod"]);
  });

  test.each(["", "a/b", "../../x", ".", "..", "a b"])("is never that of a stack named %p", async (name) => {
    const backend = open();
    for (const work of [
      () => backend.read(name),
      () => backend.save(name, deployment()),
      () => backend.lock(name),
      () => backend.remove(name),
    ]) {
      expect((await mistakeOf(work)).code).toBe("unknown-stack");
    }
  });
});

describe("a state is refused, by name, if", () => {
  const cases: [reason: string, content: unknown, code: string, message: string][] = [
    ["it is cut short", '{"version": 3, "check', "damaged-state", "is not JSON"],
    ["it is a list", [], "damaged-state", "is not a checkpoint"],
    ["it has no checkpoint", { version: 3 }, "damaged-state", "has no checkpoint"],
    ["it has no manifest", { version: 3, checkpoint: { latest: {} } }, "damaged-state", "has no manifest"],
    ["it is no deployment", { version: 3, checkpoint: { latest: 5 } }, "damaged-state", "has no manifest"],
    [
      "its resources are no list",
      { version: 3, checkpoint: { latest: { ...deployment(), resources: {} } } },
      "damaged-state",
      "has no list of resources",
    ],
    ["it is of version 2", { version: 2, checkpoint: {} }, "unsupported-state", "format version 2,"],
    ["it has no version", { checkpoint: {} }, "unsupported-state", "format version null,"],
    [
      "it has features that are not ours",
      { version: 4, features: ["hooks", "taint"], checkpoint: {} },
      "unsupported-state",
      "format version 4 with hooks, taint",
    ],
  ];
  test.each(cases)("%s", async (_, content, code, message) => {
    place(stackPath(), content);
    const mistake = await mistakeOf(() => open().read("dev"));
    expect(mistake).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(mistake.message).toContain(stackPath());
  });

  test.each([".gz", ".zst"])("the CLI has compressed it (%s)", async (end) => {
    place(`${stackPath()}${end}`, "");
    for (const work of [() => open().read("dev"), () => open().save("dev", deployment())]) {
      expect(await mistakeOf(work)).toMatchObject({
        code: "unsupported-state",
        message: expect.stringContaining(`dev.json${end} is compressed`),
      });
    }
  });

  test.each(["version: 0\n", "version: 2\n", "", "other: 1\n"])(
    "the folder is of another version (%p)",
    async (meta) => {
      place(path("meta.yaml"), meta);
      const backend = open();
      for (const work of [
        () => backend.read("dev"),
        () => backend.save("dev", deployment()),
        () => backend.lock("dev"),
      ]) {
        const mistake = await mistakeOf(work);
        expect(mistake).toMatchObject({
          code: "unsupported-state",
          message: expect.stringContaining("meta.yaml"),
        });
      }
    },
  );

  test("the folder has stacks without a project", async () => {
    place(path("stacks", "former.json"), {});
    const mistake = await mistakeOf(() => open().list());
    expect(mistake).toMatchObject({
      code: "unsupported-state",
      message: expect.stringContaining("former.json"),
    });
  });

  test("but not for other files in the folder of stacks", async () => {
    place(path("stacks", "demo", "other.json"), {});
    expect(await open().list()).toEqual(["other"]);
  });
});

describe("secrets of a state", () => {
  const canary = randomBytes(16).toString("hex");
  const secretive = (): Deployment => ({
    ...deployment(
      client("crm", {
        inputs: { token: secret(canary), deep: [{ list: [secret({ [canary]: [canary] })] }] },
        outputs: { token: { [signatureKey]: signatures.output, value: canary, secret: true } },
        replacementTrigger: secret(canary),
      }),
    ),
    pending_operations: [
      { resource: client("other", { inputs: { token: secret(canary) } }), type: "creating" },
    ],
  });
  const everything = () =>
    readdirSync(workspace.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");

  test("are nowhere on the disk in clear, and come back", async () => {
    const backend = open();
    for (let save = 0; save < 3; save += 1) await backend.save("dev", secretive());
    expect(everything()).not.toContain(canary);
    const read = await open().read("dev");
    const crm = read?.resources?.[2];
    expect(crm?.inputs).toEqual(secretive().resources?.[2]?.inputs);
    expect(crm?.outputs).toEqual({ token: secret(canary) });
    expect(crm?.replacementTrigger).toEqual(secret(canary));
    expect(read?.pending_operations?.[0]?.resource.inputs).toEqual({ token: secret(canary) });
  });

  test("keep the salt of the state", async () => {
    await open().save("dev", secretive());
    const { salt } = written().checkpoint.latest.secrets_providers.state;
    const backend = open();
    const read = await backend.read("dev");
    await backend.save("dev", read as Deployment);
    expect(written().checkpoint.latest.secrets_providers).toEqual({ type: "passphrase", state: { salt } });
    // Also for a state that was built anew.
    await backend.save("dev", secretive());
    expect(written().checkpoint.latest.secrets_providers.state.salt).toBe(salt);
  });

  test("take the salt of the stack's file, if it has one", async () => {
    const { salt } = await openPassphrase({ environment });
    workspace.write({ "Pulumi.dev.yaml": `encryptionsalt: ${salt}\n` });
    await open().save("dev", secretive());
    expect(written().checkpoint.latest.secrets_providers.state.salt).toBe(salt);
    expect(await open().read("dev")).toBeDefined();
  });

  test("do not need a passphrase until there is one", async () => {
    const backend = open({ environment: {} });
    await backend.save("dev", deployment(client("crm")));
    expect(written().checkpoint.latest).not.toHaveProperty("secrets_providers");
    expect(await backend.read("dev")).toBeDefined();
    expect((await mistakeOf(() => backend.save("dev", secretive()))).code).toBe("missing-passphrase");
    await open().save("dev", secretive());
    expect((await mistakeOf(() => backend.read("dev"))).code).toBe("missing-passphrase");
  });

  test("are refused with a wrong passphrase, each time anew", async () => {
    await open().save("dev", secretive());
    const wrong = { PULUMI_CONFIG_PASSPHRASE: "wrong" };
    const backend = open({ environment: wrong });
    expect((await mistakeOf(() => backend.read("dev"))).code).toBe("incorrect-passphrase");
    wrong.PULUMI_CONFIG_PASSPHRASE = environment.PULUMI_CONFIG_PASSPHRASE;
    expect(await backend.read("dev")).toBeDefined();
  });

  test("need the CLI if a key service keeps them", async () => {
    workspace.write({ "Pulumi.dev.yaml": "secretsprovider: awskms://alias/prod\n" });
    await open().save("dev", deployment());
    expect(await mistakeOf(() => open().save("dev", secretive()))).toMatchObject({
      code: "secrets-provider",
      message: expect.stringContaining("awskms://alias/prod"),
    });

    const ciphertext = { [signatureKey]: signatures.secret, ciphertext: "v1:a:b" };
    const cloud = { type: "cloud", state: { url: "awskms://alias/prod" } };
    placeCheckpoint({
      ...deployment(client("crm", { inputs: { a: ciphertext } })),
      secrets_providers: cloud,
    });
    expect(await mistakeOf(() => open().read("dev"))).toMatchObject({
      code: "secrets-provider",
      message: expect.stringContaining("a cloud key"),
    });
  });

  test("stay with the provider that the state names, even where the stack's file names none", async () => {
    const cloud = { type: "service", state: {} };
    placeCheckpoint({ ...deployment(client("crm")), secrets_providers: cloud });
    const backend = open();
    const read = (await backend.read("dev")) as Deployment;
    await backend.save("dev", read);
    expect(written().checkpoint.latest.secrets_providers).toEqual(cloud);
    read.resources?.push(client("new", { inputs: { a: secret("x") } }));
    expect((await mistakeOf(() => backend.save("dev", read))).code).toBe("secrets-provider");
  });

  test.each([
    undefined,
    { type: "passphrase" },
    { type: "passphrase", state: { salt: 5 } },
    { type: "passphrase", state: null },
  ])("cannot be read without a salt (%p)", async (secretsProvider) => {
    const ciphertext = { [signatureKey]: signatures.secret, ciphertext: "v1:a:b" };
    placeCheckpoint({
      ...deployment(client("crm", { inputs: { a: ciphertext } })),
      ...(secretsProvider && { secrets_providers: secretsProvider }),
    });
    expect((await mistakeOf(() => open().read("dev"))).code).toBe("damaged-state");
  });

  test("are not written while the stack's file cannot be read", async () => {
    workspace.write({ "Pulumi.dev.yaml": "confg: {}\n" });
    expect((await mistakeOf(() => open().save("dev", secretive()))).code).toBe("invalid-stack-file");
    expect(everything()).not.toContain(canary);
  });
});

describe("saves that come while one is written", () => {
  test("share the next write, and each resolves when its change is on the disk", async () => {
    const backend = open();
    const state = deployment();
    const onDisk: number[] = [];
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        await Promise.resolve();
        state.resources?.push(client(`c${index}`));
        await backend.save("dev", state);
        const count = written().checkpoint.latest.resources.length;
        expect(count).toBeGreaterThanOrEqual(index + 3);
        onDisk.push(count);
      }),
    );
    expect(new Set(onDisk).size).toBeLessThan(20);
    expect(written().checkpoint.latest.resources).toHaveLength(202);
  });

  test("of different stacks do not wait for each other", async () => {
    const backend = open();
    await Promise.all(["a", "b"].map((name) => backend.save(name, deployment())));
    expect(await backend.list()).toEqual(["a", "b"]);
  });

  test("are not lost when an earlier one has failed", async () => {
    const backend = open();
    await backend.save("dev", deployment());
    const failing = backend.save("dev", {
      ...deployment(),
      resources: [client("x", { inputs: { big: 1n as never } })],
    });
    const following = (async () => {
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      await backend.save("dev", deployment(client("after")));
    })();
    await expect(failing).rejects.toThrow("BigInt");
    await following;
    expect(readFileSync(stackPath(), "utf8")).toContain("after");
    expect(readdirSync(dirname(stackPath())).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("say so when the disk refuses, and leave no draft behind", async () => {
    const backend = open();
    mkdirSync(stackPath(), { recursive: true });
    await expect(backend.read("dev")).rejects.toThrow("EISDIR");
    await expect(backend.save("dev", deployment())).rejects.toThrow();
    await expect(writeDurably(stackPath(), "text")).rejects.toThrow();
    expect(readdirSync(dirname(stackPath()))).toEqual(["dev.json"]);
  });
});

describe("a lock", () => {
  const locks = () => path("locks", "organization", "demo", "dev");

  test("names its owner as the CLI does, and goes when it is released", async () => {
    const release = await open().lock("dev");
    const [name = ""] = readdirSync(locks());
    expect(name).toMatch(/^[0-9a-f-]{36}\.json$/);
    expect(JSON.parse(readFileSync(join(locks(), name), "utf8"))).toEqual({
      pid: process.pid,
      username: userInfo().username,
      hostname: hostname(),
      timestamp: now().toISOString(),
    });
    await release();
    expect(readdirSync(locks())).toEqual([]);
    await release();
  });

  test("keeps everybody else out, and says who holds it and which file to remove", async () => {
    const release = await open().lock("dev");
    const mistake = await mistakeOf(() => open().lock("dev"));
    expect(mistake.code).toBe("stack-locked");
    for (const text of [`pid ${process.pid}`, hostname(), now().toISOString(), locks(), "pulumi cancel"]) {
      expect(mistake.message).toContain(text);
    }
    await release();
    await (await open().lock("dev"))();
  });

  test("of a process that has died stays until a person removes it", async () => {
    place(join(locks(), "x.json"), {
      pid: 2 ** 30,
      username: "ci",
      hostname: hostname(),
      timestamp: "2026-01-01T00:00:00Z",
    });
    expect((await mistakeOf(() => open().lock("dev"))).message).toContain("created by ci@");
    rmSync(join(locks(), "x.json"));
    await (await open().lock("dev"))();
  });

  test("that cannot be read is a lock nevertheless", async () => {
    place(join(locks(), "x.json"), "");
    expect((await mistakeOf(() => open().lock("dev"))).message).toContain("has not described itself");
  });

  test("of another stack does not matter, nor does another file", async () => {
    const backend = open();
    await backend.lock("prod");
    place(join(locks(), "x.json.attrs"), {});
    await (await backend.lock("dev"))();
  });

  test("is never held twice, however many ask at once", async () => {
    const taken = await Promise.allSettled(Array.from({ length: 20 }, () => open().lock("dev")));
    expect(taken.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
    for (const lock of taken) if (lock.status === "fulfilled") await lock.value();
    expect(readdirSync(locks())).toEqual([]);
  });

  test("cannot be taken where its folder cannot be read", async () => {
    place(locks(), "a file in its place");
    await expect(open().lock("dev")).rejects.toThrow("ENOTDIR");
  });
});

describe("the place of the state", () => {
  test("is the folder .guard of the project, unless something else is said", async () => {
    expect(open().url).toBe(`file://${join(workspace.root, ".guard")}`);
    expect(open({}, "backend: { url: file:///tmp/x }\n").url).toBe("file:///tmp/x");
    const named = { ...environment, PULUMI_BACKEND_URL: "file:///tmp/y" };
    expect(open({ environment: named }, "backend: { url: file:///tmp/x }\n").url).toBe("file:///tmp/y");
    expect(open({ environment: { PULUMI_BACKEND_URL: "" } }).url).toContain(".guard");
    expect(open({ environment: named, url: "file:///tmp/z" }).url).toBe("file:///tmp/z");
  });

  test("may be given alone: environment and time are those of the process", async () => {
    const project = loadProject(workspace.write({ "Pulumi.yaml": "name: demo\nruntime: nodejs\n" }));
    const began = Date.now();
    const backend = openBackend({ project, url: `file://${join(workspace.root, "here")}` });
    await backend.save("dev", deployment());
    const read = await backend.read("dev");
    expect(Date.parse(read?.manifest.time ?? "")).toBeGreaterThanOrEqual(began);
  });

  test.each([
    ["file:///var/state", "/var/state"],
    ["file:///var/state?no_tmp_dir=true", "/var/state"],
    ["file:///var/my%20state", "/var/my state"],
    ["file:///var/100%", "/var/100%"],
    ["file://~", homedir()],
    ["file://~/state", join(homedir(), "state")],
    ["file://./state", join(process.cwd(), "state")],
    ["file://state", join(process.cwd(), "state")],
  ])("%s is %s", (url, folder) => {
    expect(parseBackendUrl(url)).toBe(folder);
  });

  test.each(["s3://bucket", "https://api.pulumi.com", "azblob://x", ""])("%p is refused", async (url) => {
    const mistake = await mistakeOf(() => parseBackendUrl(url));
    expect(mistake).toMatchObject({
      code: "unsupported-backend",
      message: expect.stringContaining("file:///"),
    });
  });

  test("is refused without showing the password in it", async () => {
    const password = randomBytes(9).toString("hex");
    const mistake = await mistakeOf(() => parseBackendUrl(`postgres://user:${password}@host/db`));
    expect(mistake.message).not.toContain(password);
  });
});
