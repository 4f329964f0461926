import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = process.cwd();

/** What a team has that installed the packed kit, and nothing else of ours. */
const folder = mkdtempSync(join(tmpdir(), "kit-package-"));
const installed = join(folder, "node_modules/@genesys-credential-guard/client");

beforeAll(async () => {
  const dist = join(folder, "dist");
  const program = `
    import { buildPackage } from ${JSON.stringify(join(root, "client/build.ts"))};
    await buildPackage(${JSON.stringify(dist)});`;
  await run(process.execPath, ["--input-type=module", "-e", program], { cwd: root });
  await run("npm", ["pack", "--ignore-scripts", "--offline", "--pack-destination", folder, dist], {
    cwd: folder,
    env: { ...process.env, npm_config_cache: join(folder, "cache") },
  });
  mkdirSync(installed, { recursive: true });
  const [archive = ""] = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  await run("tar", ["-xzf", join(folder, archive), "-C", installed, "--strip-components=1"]);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the package holds one module, its types and how to use it", () => {
  const files = readdirSync(installed, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  expect(files.filter((name) => !name.endsWith(".d.ts")).sort()).toEqual([
    "README.md",
    "index.js",
    "package.json",
  ]);
});

test("it needs nothing but Node", () => {
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  expect(manifest.private).toBeUndefined();
  expect(manifest.dependencies).toBeUndefined();
  const imports = readFileSync(join(installed, "index.js"), "utf8").match(/(?<=from ")[^"]+/g);
  expect(new Set(imports)).toEqual(new Set(["node:crypto", "node:fs/promises"]));
});

test("a program can import it from node_modules", async () => {
  const program = `
    import * as kit from "@genesys-credential-guard/client";
    const source = { fetch: async () => ({ clientId: "c", clientSecret: "s", region: "nowhere" }) };
    const genesys = kit.createFetch({ provider: kit.credentialProvider({ source }) });
    const error = await genesys("/x").catch((error) => error);
    console.log(Object.keys(kit).sort().join(" "), error.code, error.name, error instanceof kit.CredentialError);`;
  writeFileSync(join(folder, "program.mjs"), program);
  const { stdout } = await run(process.execPath, [join(folder, "program.mjs")]);
  expect(stdout.trim()).toBe(
    "CredentialError ForeignOriginError InvalidClientError InvalidOptionError InvalidOutputsError InvalidSecretValueError LoginRefusedError LoginUnavailableError MissingAwsCredentialsError SecretAccessDeniedError SecretNotFoundError SourceUnavailableError TokenRateLimitedError accessTokens createFetch credentialProvider readStackOutputs secretsManagerSource invalid-secret-value CredentialError true",
  );
});

test.each(["nodenext", "bundler"])(
  "its types serve a program that resolves modules by %s",
  async (resolution) => {
    writeFileSync(
      join(folder, "program.mts"),
      `import { type AccessToken, type Credential, type CredentialSource, accessTokens, createFetch, credentialProvider, readStackOutputs, secretsManagerSource } from "@genesys-credential-guard/client";
    const { clients } = readStackOutputs("{}");
    const source: CredentialSource = secretsManagerSource({ secretId: clients.crm?.secretArn ?? "" });
    const provider = credentialProvider({ source, maxAgeSeconds: 300 });
    const genesys: typeof fetch = createFetch({ provider });
    const token: Promise<AccessToken> = accessTokens({ provider }).get();
    const credential: Promise<Credential> = provider.get();
    // @ts-expect-error a source is needed
    credentialProvider({});
    // @ts-expect-error seconds, not text
    credentialProvider({ source, maxAgeSeconds: "300" });
    // @ts-expect-error no such option
    createFetch({ provider, retries: 3 });
    // @ts-expect-error a name of the stack's may be missing
    clients.crm.secretArn;
    // @ts-expect-error a token cannot be changed
    (await token).value = "";
    export { credential, genesys };`,
    );
    symlinkSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"), "dir");
    const flags = [
      "--noEmit",
      "--strict",
      "--noUncheckedIndexedAccess",
      "--types",
      "node",
      "--target",
      "es2023",
    ];
    // The types of the kit itself are checked once.
    const more =
      resolution === "nodenext" ? ["--module", "nodenext"] : ["--module", "esnext", "--skipLibCheck"];
    try {
      await run(
        join(root, "node_modules/.bin/tsc"),
        [...flags, ...more, "--moduleResolution", resolution, join(folder, "program.mts")],
        { cwd: folder },
      ).catch(({ stdout }) => {
        throw new Error(stdout);
      });
    } finally {
      rmSync(join(folder, "node_modules/@types"));
    }
  },
);

test("all of it fits into 12 KB", async () => {
  const program = `
    import { bundle } from ${JSON.stringify(join(root, "client/build.ts"))};
    console.log(Buffer.byteLength(await bundle(true)));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { cwd: root });
  expect(Number(stdout)).toBeGreaterThan(1_000);
  expect(Number(stdout)).toBeLessThanOrEqual(12 * 1024);
});
