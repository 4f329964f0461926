import type { Attempt } from "../../../apis/http/connection.ts";
import { defaultCapabilities } from "../../../core/capabilities.ts";
import {
  defaultRotationSettings,
  type RotatedCredential,
  type RotationDeclarations,
  type RotationSettings,
} from "../../../core/rotation/credential.ts";
import { ledgerKey, type ReadRecord, readRecord } from "../../../core/rotation/credential-record.ts";
import { parseSecretValue, type SecretValue } from "../../../core/rotation/secret-value.ts";
import { createEmergency } from "../../../functions/rotator/emergency.ts";
import { createReconcile } from "../../../functions/rotator/reconcile.ts";
import { createRetire } from "../../../functions/rotator/retire.ts";
import { createRotate } from "../../../functions/rotator/rotate.ts";
import { createMemoryAws, type MemoryAws } from "../../../sandbox/aws/memory.ts";
import {
  createGenesys,
  type GenesysOptions,
  type GenesysOrganisation,
} from "../../../sandbox/genesys/index.ts";
import { toPolicies } from "../../../sandbox/genesys/permissions.ts";
import { bear, declare } from "./stack.ts";
import { type Interference, type OutsideCall, portsOf } from "./world-ports.ts";

export const stackPrefix = "guard:acme/guard/prod/";
const startsAt = Date.UTC(2026, 10, 2, 9);
const origin = "https://genesys.test";

export interface WorldOptions {
  settings?: Partial<RotationSettings>;
  /** Changes to the credentials, or more of them. Default: `master` and `crm`. */
  credentials?: Record<string, Partial<RotatedCredential>>;
  genesys?: GenesysOptions;
}

type FunctionName = "rotate" | "retire" | "reconcile" | "emergency";

const oauthPermissions = ["add", "view", "edit", "delete"].map((action) => `oauth:client:${action}`);

/** A stack's credentials on a platform and an AWS in memory, on a clock that moves only when a test or a sleep says. */
export class World {
  readonly genesys: GenesysOrganisation;
  readonly aws: MemoryAws;
  readonly declarations: RotationDeclarations;
  readonly calls: OutsideCall[] = [];
  interference: Interference = {};
  now = startsAt;
  ports: ReturnType<typeof portsOf>;
  functions: ReturnType<World["newFunctions"]>;
  /** What AWS was told when it called a function, and the function failed. */
  readonly failures: unknown[] = [];
  isEverythingDeliveredTwice = false;
  areSchedulesLost = false;
  /** How far the functions' clocks are ahead of the world's. */
  skewSeconds = 0;
  #ids = 0;
  /** How a user of a credential reaches the platform. */
  readonly #attempt: Attempt;

  constructor(options: WorldOptions = {}) {
    this.genesys = createGenesys({
      seed: 1,
      clock: () => this.now,
      rateLimitPerMinute: "off",
      tokenRequestsPerMinute: "off",
      ...options.genesys,
    });
    this.#attempt = this.genesys.connect({
      baseUrl: origin,
      timeoutMilliseconds: 30_000,
      connections: 1,
    });
    const { world } = this.genesys;
    world.addRole("Guard Master", toPolicies(oauthPermissions));
    world.addRole("CRM");
    this.aws = createMemoryAws({
      clock: { now: () => this.now },
      newId: () => `00000000-0000-4000-8000-${String(this.#ids++).padStart(12, "0")}`,
      fate: () => (this.areSchedulesLost ? { kind: "lost" } : undefined),
    });
    const ids = new Set(["master", "crm", ...Object.keys(options.credentials ?? {})]);
    const credentials = [...ids].map((id) =>
      declare({ aws: this.aws, organisation: world }, id, options.credentials?.[id] ?? {}),
    );
    this.declarations = {
      stackPrefix,
      region: "us-east-1",
      masterId: "master",
      settings: { ...defaultRotationSettings, capabilities: defaultCapabilities, ...options.settings },
      credentials,
    };
    for (const credential of credentials) bear({ aws: this.aws, organisation: world }, credential);
    world.markPristine();
    this.ports = portsOf(this);
    this.functions = this.newFunctions();
    const { functionArns } = this.aws;
    this.aws.host(async (functionArn, event) => {
      const name = (Object.keys(functionArns) as FunctionName[]).find(
        (each) => functionArns[each] === functionArn,
      );
      if (name === undefined) throw new Error(`There is no function ${functionArn}.`);
      if (name === "retire") return this.#invokeLater(name, event, [60, 120]);
      return this.invoke(name, event);
    });
  }

  /** Calls a function as AWS does; one that is killed on the way has neither result nor memory. */
  async invoke(name: FunctionName, event: unknown): Promise<unknown> {
    try {
      const result = await this.#once(name, event);
      if (this.isEverythingDeliveredTwice)
        await this.#once(name, event).catch((error: unknown) => this.failures.push(error));
      return result;
    } catch (error) {
      this.failures.push(error);
      throw error;
    }
  }

  async #once(name: FunctionName, event: unknown): Promise<unknown> {
    const ended = await Promise.allSettled([this.functions[name](event)]);
    if (this.interference.isDead?.()) {
      this.interference = {};
      this.restart();
      throw new Error(`${name} was killed.`);
    }
    const [outcome] = ended;
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }

  /** As Lambda does with an asynchronous event: what fails is tried twice more. */
  async #invokeLater(name: FunctionName, event: unknown, pausesSeconds: readonly number[]): Promise<void> {
    try {
      await this.invoke(name, event);
    } catch {
      const [pause, ...rest] = pausesSeconds;
      if (pause !== undefined)
        this.aws.agenda.at(this.now + pause * 1000, () => this.#invokeLater(name, event, rest));
    }
  }

  /** New processes of all functions, which remember nothing. */
  restart(): void {
    this.functions = this.newFunctions();
  }

  newFunctions() {
    return {
      rotate: createRotate(this.ports, this.declarations),
      retire: createRetire(this.ports, this.declarations),
      reconcile: createReconcile(this.ports, this.declarations),
      emergency: createEmergency(this.ports, this.declarations),
    };
  }

  credential(id: string): RotatedCredential {
    const found = this.declarations.credentials.find((each) => each.id === id);
    if (found === undefined) throw new Error(`No credential ${id}.`);
    return found;
  }

  /** Starts a rotation and lets it run. */
  async rotate(id: string, versionId = this.newVersionId()): Promise<string> {
    this.aws.secretsManager.rotateSecret({
      SecretId: this.credential(id).secretArn,
      ClientRequestToken: versionId,
    });
    await this.aws.runDue();
    return versionId;
  }

  newVersionId(): string {
    return `10000000-0000-4000-8000-${String(this.#ids++).padStart(12, "0")}`;
  }

  /** Lets time go by, with everything that AWS does meanwhile. */
  async live(seconds: number): Promise<void> {
    const end = this.now + seconds * 1000;
    for (let due = this.aws.nextDue(); due !== undefined && due <= end; due = this.aws.nextDue()) {
      this.now = Math.max(this.now, due);
      await this.aws.runDue();
    }
    this.now = Math.max(this.now, end);
  }

  pass(seconds: number): void {
    this.now += seconds * 1000;
  }

  value(id: string, stage = "AWSCURRENT"): SecretValue | undefined {
    const { secretArn } = this.credential(id);
    const stored = this.aws.secretsManager.store.find(secretArn);
    const version = stored.versions.get(stored.labels.get(stage) ?? "");
    return version?.value === undefined ? undefined : parseSecretValue(version.value);
  }

  /** Replaces what a label stands for, as somebody does by hand. */
  edit(id: string, value: string, stage = "AWSCURRENT"): string {
    const versionId = this.newVersionId();
    this.aws.secretsManager.putSecretValue({
      SecretId: this.credential(id).secretArn,
      ClientRequestToken: versionId,
      SecretString: value,
      VersionStages: [stage],
    });
    return versionId;
  }

  stages(id: string): Record<string, string> {
    return Object.fromEntries(this.aws.secretsManager.store.find(this.credential(id).secretArn).labels);
  }

  record(id: string): ReadRecord {
    const text = this.aws.ledgerTable.get(ledgerKey(id))?.record?.S;
    return readRecord(text === undefined ? undefined : JSON.parse(text));
  }

  /** Sets the ledger's record as a restored backup or a hand would; undefined removes it. */
  setRecord(id: string, record: unknown): void {
    this.setRecordText(id, record === undefined ? undefined : JSON.stringify(record));
  }

  /** The same as a text, which need be no JSON. */
  setRecordText(id: string, text: string | undefined): void {
    this.aws.ledgerTable.write(ledgerKey(id), ({ record: _old, ...item } = {}) => ({
      ...item,
      pk: { S: ledgerKey(id) },
      ...(text === undefined ? {} : { record: { S: text } }),
    }));
  }

  /** The clients of a credential that the platform has, in the order of their making: id to state. */
  clientsOf(id: string): Record<string, string> {
    const { owner } = this.credential(id);
    const own = this.genesys.world.clients
      .all()
      .filter(({ description }) => description?.includes(`${owner}#`));
    return Object.fromEntries(own.map((client) => [client.id, client.state]));
  }

  /** Whether the credential under the label gets a token. */
  async logsIn(id: string, stage = "AWSCURRENT"): Promise<boolean> {
    const value = this.value(id, stage);
    if (value === undefined) return false;
    return (await this.requestToken(value)) !== undefined;
  }

  async requestToken({ clientId, clientSecret }: SecretValue): Promise<string | undefined> {
    const reply = await this.#attempt(
      {
        method: "POST",
        route: "/oauth/token",
        object: "a token",
        form: { grant_type: "client_credentials" },
      },
      { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    );
    if (reply.kind !== "answer") throw new Error(`POST /oauth/token: ${reply.kind}`);
    return (reply.answer.body as { access_token?: string }).access_token;
  }

  /** Calls the platform as a user of the credential does. */
  async use(token: string): Promise<number> {
    const reply = await this.#attempt(
      { method: "GET", route: "/api/v2/organizations/me", object: "the organisation" },
      { authorization: `Bearer ${token}` },
    );
    if (reply.kind !== "answer") throw new Error(`GET /api/v2/organizations/me: ${reply.kind}`);
    return reply.answer.status;
  }
}

/** A world whose stack has been deployed. */
export const deployedWorld = async (options: WorldOptions = {}): Promise<World> => {
  const world = new World(options);
  // Switching rotation on has the function's configuration tested.
  await world.aws.runDue();
  if (world.failures.length > 0) throw world.failures[0];
  world.calls.length = 0;
  return world;
};
