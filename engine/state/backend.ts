import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { parse as parseYaml } from "yaml";
import type { Deployment } from "../model/deployment.ts";
import { GuardError } from "../model/errors.ts";
import type { Project } from "../project/project.ts";
import {
  isStackName,
  nameRule,
  readStackSettings,
  requirePassphrase,
  type StackSettings,
} from "../project/stack-config.ts";
import { type Crypter, openPassphrase } from "../secrets/passphrase.ts";
import {
  type Checkpoint,
  decryptDeployment,
  deploymentHoldsSecret,
  encryptDeployment,
  parseCheckpoint,
} from "./checkpoint.ts";
import { writeDurably } from "./durable-file.ts";
import { verifyIntegrity, verifyResources } from "./integrity.ts";
import { parseBackendUrl } from "./location.ts";
import { acquireLock } from "./lock.ts";
import { createSecretCodec } from "./secrets.ts";
import { type CoalescingWriter, createWriter, readIfPresent } from "./stack-file.ts";

export { verifyIntegrity } from "./integrity.ts";

/** Where the state of a project's stacks is kept, in files that the Pulumi CLI opens as its own. */
export interface Backend {
  /** `file:///absolute/path`. */
  readonly url: string;
  /**
   * The last state, secrets in clear; `undefined` if the stack was never deployed.
   *
   * @throws GuardError `damaged-state`, `unsupported-state`, `secrets-provider`, and those of `openPassphrase` if
   * the state has secrets
   */
  read(stack: string): Promise<Deployment | undefined>;
  /**
   * Resolves once this state, or a newer one, is on the disk. Safe to call after every step: calls that come while
   * a write is going on share the next one. The object may be changed afterwards, and what is written is then its
   * newest form.
   *
   * @throws GuardError `damaged-state` if the state contradicts itself (it is written nevertheless, because it may
   * hold the only trace of something that was created)
   */
  save(stack: string, deployment: Deployment): Promise<void>;
  /** Resolves to what releases the lock. @throws GuardError `stack-locked` */
  lock(stack: string): Promise<() => Promise<void>>;
  /** Names of the stacks that have a state, sorted. */
  list(): Promise<string[]>;
  /** Forgets the state of a stack and its history; the last state stays as `.bak`. */
  remove(stack: string): Promise<void>;
}

export interface BackendOptions {
  /** Default: PULUMI_BACKEND_URL, else `backend.url` of Pulumi.yaml, else the folder `.guard` of the project. */
  url?: string | undefined;
  project: Project;
  /** Where the backend URL and the passphrase are looked up. Default: the environment of the process. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Default: the time of day. */
  now?: () => Date;
}

/** @throws GuardError `unsupported-backend` */
export const openBackend = (options: BackendOptions): Backend => {
  const { project, environment = process.env, now = () => new Date() } = options;
  const named = options.url ?? (environment.PULUMI_BACKEND_URL || undefined) ?? project.backendUrl;
  const root = named === undefined ? join(project.root, ".guard") : parseBackendUrl(named);
  const layout = describeLayout(root, project.name);
  const codec = createSecretCodec();
  const crypters = new Map<string, Promise<Crypter>>();
  const writers = new Map<string, CoalescingWriter>();
  /** The salt of the state that was read, for stacks whose file has none. */
  const salts = new Map<string, string>();

  const openCrypter = (stack: string, salt: string | undefined): Promise<Crypter> => {
    const key = salt ?? `new salt of ${stack}`;
    const known = crypters.get(key);
    if (known !== undefined) return known;
    const opened = openPassphrase({ salt, environment });
    crypters.set(key, opened);
    // Whoever asked hears of the failure; the next one who asks shall have a new chance.
    opened.catch(() => crypters.delete(key));
    return opened;
  };

  const serialise = async (stack: string, deployment: Deployment): Promise<string> => {
    const crypter = deploymentHoldsSecret(deployment) ? await openForWriting(stack, deployment) : undefined;
    const latest = encryptDeployment(deployment, codec, crypter, now());
    const file: Checkpoint = { version: 3, checkpoint: { stack: layout.qualifiedName(stack), latest } };
    return JSON.stringify(file);
  };

  const openForWriting = (stack: string, deployment: Deployment): Promise<Crypter> => {
    const settings = settingsOf(project, stack);
    if (settings?.encryptionSalt === undefined) {
      requirePassphrase(settings ?? { path: layout.file(stack), secureKeys: [] });
      requirePassphraseState(layout.file(stack), deployment);
    }
    return openCrypter(stack, settings?.encryptionSalt ?? saltOf(deployment) ?? salts.get(stack));
  };

  return {
    url: `file://${root}`,

    read: async (stack) => {
      checkName(stack);
      await refuseForeignLayout(layout, stack);
      const path = layout.file(stack);
      const text = await readIfPresent(path);
      if (text === undefined) return undefined;
      const { latest } = parseCheckpoint(path, text).checkpoint;
      if (latest === undefined || latest === null) return undefined;
      verifyIntegrity(latest);
      const salt = saltOf(latest);
      if (salt !== undefined) salts.set(stack, salt);
      if (!deploymentHoldsSecret(latest)) return latest;
      requirePassphraseState(path, latest);
      return decryptDeployment(
        latest,
        codec,
        salt === undefined ? undefined : await openCrypter(stack, salt),
      );
    },

    save: async (stack, deployment) => {
      checkName(stack);
      await ensureLayout(layout);
      const writer =
        writers.get(stack) ?? createWriter(layout.file(stack), (latest) => serialise(stack, latest));
      writers.set(stack, writer);
      await writer.write(deployment);
      verifyResources(deployment.resources ?? []);
    },

    lock: async (stack) => {
      checkName(stack);
      await ensureLayout(layout);
      return acquireLock(layout.locks(stack), now());
    },

    list: async () => {
      await refuseForeignLayout(layout);
      const names = existsSync(layout.stacks) ? await readdir(layout.stacks) : [];
      return names
        .filter((name) => name.endsWith(".json"))
        .map((name) => name.slice(0, -".json".length))
        .sort();
    },

    remove: async (stack) => {
      checkName(stack);
      const path = layout.file(stack);
      if (existsSync(path)) await rename(path, `${path}.bak`);
      await rm(`${path}.attrs`, { force: true });
      await rm(layout.history(stack), { recursive: true, force: true });
    },
  };
};

/** https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/store.go (`projectReferenceStore`) */
interface Layout {
  meta: string;
  stacks: string;
  formerStacks: string;
  file(stack: string): string;
  history(stack: string): string;
  locks(stack: string): string;
  qualifiedName(stack: string): string;
}

const describeLayout = (root: string, project: string): Layout => {
  const books = join(root, ".pulumi");
  return {
    meta: join(books, "meta.yaml"),
    stacks: join(books, "stacks", project),
    formerStacks: join(books, "stacks"),
    file: (stack) => join(books, "stacks", project, `${stack}.json`),
    history: (stack) => join(books, "history", project, stack),
    // A file store has no organisations; the CLI says "organization" in their place.
    locks: (stack) => join(books, "locks", "organization", project, stack),
    qualifiedName: (stack) => `organization/${project}/${stack}`,
  };
};

const ensureLayout = async (layout: Layout): Promise<void> => {
  await refuseForeignLayout(layout);
  if (!existsSync(layout.meta)) await writeDurably(layout.meta, "version: 1\n");
};

/** @throws GuardError `unsupported-state` */
const refuseForeignLayout = async (layout: Layout, stack?: string): Promise<void> => {
  const refuse = (what: string, remedy: string) => new GuardError("unsupported-state", `${what}. ${remedy}`);
  const meta = await readIfPresent(layout.meta);
  if (meta !== undefined) {
    const version = (parseYaml(meta) as { version?: unknown } | null)?.version;
    if (version !== 1) {
      throw refuse(
        `${layout.meta} has version ${version}, and guard knows version 1`,
        "Run `pulumi state upgrade`.",
      );
    }
  } else if (existsSync(layout.formerStacks)) {
    const former = (await readdir(layout.formerStacks)).filter((name) => /\.json(\.gz|\.zst)?$/.test(name));
    if (former.length > 0) {
      throw refuse(
        `${layout.formerStacks} has stacks without a project (${former.join(", ")})`,
        "Run `pulumi state upgrade`.",
      );
    }
  }
  if (stack === undefined) return;
  const compressed = [".gz", ".zst"]
    .map((end) => `${layout.file(stack)}${end}`)
    .find((path) => existsSync(path));
  if (compressed !== undefined) {
    throw refuse(
      `${compressed} is compressed, which guard does not read`,
      "Unset PULUMI_DIY_BACKEND_COMPRESSION and PULUMI_DIY_BACKEND_GZIP, and let the Pulumi CLI save the stack once.",
    );
  }
};

const checkName = (stack: string): void => {
  if (isStackName(stack)) return;
  throw new GuardError("unknown-stack", `No stack ${JSON.stringify(stack)}. ${nameRule}`);
};

/** A stack may have state and no file of its own, when the CLI made it. */
const settingsOf = (project: Project, stack: string): StackSettings | undefined => {
  try {
    return readStackSettings(project, stack);
  } catch (error) {
    if (error instanceof GuardError && error.code === "unknown-stack") return undefined;
    throw error;
  }
};

const saltOf = (deployment: Deployment): string | undefined => {
  const { type, state } = deployment.secrets_providers ?? {};
  if (type !== "passphrase" || typeof state !== "object" || state === null || !("salt" in state))
    return undefined;
  return typeof state.salt === "string" ? state.salt : undefined;
};

const requirePassphraseState = (path: string, deployment: Deployment): void => {
  const type = deployment.secrets_providers?.type;
  if (type === undefined || type === "passphrase") return;
  throw new GuardError(
    "secrets-provider",
    `The secrets in ${path} are protected by a ${type} key, which guard cannot reach: use the Pulumi CLI, or ` +
      "`pulumi stack change-secrets-provider passphrase`.",
  );
};
