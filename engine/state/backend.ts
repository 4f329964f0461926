import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Deployment } from "../model/deployment.ts";
import { GuardError } from "../model/errors.ts";
import type { Project } from "../project/project.ts";
import {
  isStackName,
  nameRule,
  readStackSettings,
  requirePassphrase,
  type StackSettings,
} from "../project/stack-file.ts";
import { type Crypter, openPassphrase } from "../secrets/passphrase.ts";
import {
  type Checkpoint,
  decryptDeployment,
  deploymentHoldsSecret,
  encryptDeployment,
  parseCheckpoint,
} from "./checkpoint.ts";
import { type CoalescingWriter, createWriter } from "./coalescing-writer.ts";
import { readIfPresent } from "./durable-file.ts";
import { verifyIntegrity, verifyResources } from "./integrity.ts";
import { describeLayout, ensureLayout, refuseForeignLayout } from "./layout.ts";
import { parseBackendUrl } from "./location.ts";
import { acquireLock } from "./lock.ts";
import { createSecretCodec } from "./secrets.ts";

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
  const settings = new Map<string, StackSettings | undefined>();
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

  /** Read once. A stack may have state and no file of its own, when the CLI made it. */
  const settingsOf = (stack: string): StackSettings | undefined => {
    if (!settings.has(stack)) settings.set(stack, readSettings(project, stack));
    return settings.get(stack);
  };

  const openForWriting = (stack: string, deployment: Deployment): Promise<Crypter> => {
    const own = settingsOf(stack);
    if (own?.encryptionSalt === undefined) {
      requirePassphrase(own ?? { path: layout.file(stack), secureKeys: [] });
      requirePassphraseState(layout.file(stack), deployment);
    }
    return openCrypter(stack, own?.encryptionSalt ?? saltOf(deployment) ?? salts.get(stack));
  };

  const openWriter = async (stack: string): Promise<CoalescingWriter> => {
    await ensureLayout(layout, stack);
    const writer =
      writers.get(stack) ?? createWriter(layout.file(stack), (latest) => serialise(stack, latest));
    writers.set(stack, writer);
    return writer;
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
      const writer = writers.get(stack) ?? (await openWriter(stack));
      await writer.write(deployment);
      verifyResources(deployment.resources ?? []);
    },

    lock: async (stack) => {
      checkName(stack);
      await ensureLayout(layout, stack);
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
      for (const beside of [`${path}.attrs`, layout.tags(stack)]) await rm(beside, { force: true });
      await rm(layout.history(stack), { recursive: true, force: true });
    },
  };
};

const checkName = (stack: string): void => {
  if (isStackName(stack)) return;
  throw new GuardError("unknown-stack", `No stack ${JSON.stringify(stack)}. ${nameRule}`);
};

const readSettings = (project: Project, stack: string): StackSettings | undefined => {
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
