/** Everything that a leak meets, on one virtual clock: GitHub, the functions, AWS, the platform, Slack and a SIEM. */
import { createHmac } from "node:crypto";
import { githubApp } from "../../../apis/github/app.ts";
import { parseAppCredentials } from "../../../apis/github/app-credentials.ts";
import { Secret } from "../../../apis/http/secret.ts";
import { siemApiOver } from "../../../apis/siem/create.ts";
import { slackApiOver } from "../../../apis/slack/create.ts";
import { type AlertCase, type AlertId, alertKey } from "../../../core/leak/alert-case.ts";
import { defaultLeakSettings, type LeakDeclarations } from "../../../core/leak/declarations.ts";
import type { RotatedCredential, RotationDeclarations } from "../../../core/rotation/credential.ts";
import {
  formatSecretValue,
  parseSecretValue,
  type SecretValue,
} from "../../../core/rotation/secret-value.ts";
import type { MemoryAws } from "../../../sandbox/aws/memory.ts";
import type { GenesysOptions, GenesysOrganisation } from "../../../sandbox/genesys/index.ts";
import { createGithub, type Github, type GithubOptions } from "../../../sandbox/github/index.ts";
import {
  type InvocationRecord,
  type Mishap,
  type OutsideCall,
  type Runtime,
  type ServiceAccess,
  type Services,
  VirtualClock,
} from "../../../sandbox/runtime/index.ts";
import { revokerFunctions } from "../../../sandbox/runtime/revoker-functions.ts";
import { rotatorFunctions } from "../../../sandbox/runtime/rotator-functions.ts";
import { createSiem, type Siem } from "../../../sandbox/siem/index.ts";
import { createSlack, type SlackWorkspace } from "../../../sandbox/slack/index.ts";
import { deployOrganisation } from "../rotation/organisation.ts";

export const organization = "example-org";
export const repository = "example-org/reports";
const receiverUrl = "https://guard.example.com/github";
const patternName = "Genesys Cloud OAuth secret";
const webhookSecret = "the webhook's own secret";

export interface WorldOptions {
  seed?: number;
  settings?: Partial<LeakDeclarations["settings"]>;
  leak?: (given: LeakDeclarations) => LeakDeclarations;
  rotation?: (given: RotationDeclarations) => RotationDeclarations;
  genesys?: GenesysOptions;
  github?: GithubOptions;
  mishap?: (call: OutsideCall) => Mishap | undefined;
  latencyMilliseconds?: number;
  /** Whether sweep and reconcile run by themselves. Default false. */
  isScheduled?: boolean;
}

/** A credential of the stack, as a client that leaks. */
export interface Pair {
  clientId: string;
  clientSecret: string;
}

export class LeakWorld {
  readonly clock: VirtualClock;
  readonly github: Github;
  readonly genesys: GenesysOrganisation;
  readonly aws: MemoryAws;
  readonly siem: Siem;
  readonly slack: SlackWorkspace;
  readonly runtime: Runtime;
  readonly rotation: RotationDeclarations;
  readonly leak: LeakDeclarations;
  /** Outside calls of all functions, in order. */
  readonly calls: (OutsideCall & { at: number })[] = [];
  readonly invocations: InvocationRecord[] = [];
  readonly webhookSecret = webhookSecret;
  mishap: (call: OutsideCall) => Mishap | undefined;
  latencyMilliseconds: number;

  constructor(options: WorldOptions = {}) {
    this.clock = new VirtualClock({ start: Date.UTC(2026, 10, 21, 2), seed: options.seed ?? 1 });
    const { clock } = this;
    this.mishap = options.mishap ?? (() => undefined);
    this.latencyMilliseconds = options.latencyMilliseconds ?? 0;
    this.github = createGithub({
      now: clock.now,
      timers: clock,
      sleep: clock.sleep,
      rateLimit: false,
      organizations: [organization],
      repositories: [repository],
      deliver: (_url, headers, body) => this.receive(headers, body),
      ...options.github,
    });
    this.siem = createSiem({ clock: clock.now, sleep: clock.sleep });
    this.slack = createSlack({ clock: clock.now, sleep: clock.sleep, rateLimit: "off" });
    const channels = [this.slack.world.addChannel("security"), this.slack.world.addChannel("developers")];
    const [securityChannel = "", developerChannel = ""] = channels.map(({ id }) => id);
    const developer = this.slack.world.addUser("dev", "dev@acme.example");
    const app = this.github.world.installApp({ organization });
    const hook = this.github.world.addHook({
      organization,
      url: receiverUrl,
      secret: webhookSecret,
      events: ["secret_scanning_alert", "secret_scanning_alert_location"],
    });

    let deployed: { rotation: RotationDeclarations; leak: LeakDeclarations } | undefined;
    const services = ({ clock: own, random, reach }: ServiceAccess): Services => {
      const transport = { now: own.now, sleep: own.sleep, random };
      const credentials = parseAppCredentials(new Secret(JSON.stringify(app)));
      return {
        github: githubApp(
          { ...transport, connect: reach("github", this.github.connect) },
          async () => credentials,
        ),
        slack: slackApiOver(
          reach("slack", this.slack.connect),
          { botToken: new Secret(this.slack.botToken) },
          transport,
        ),
        siem: siemApiOver(
          reach("siem", this.siem.connect),
          { kind: "splunk", url: "https://siem.example.com", token: new Secret(this.siem.token("splunk")) },
          transport,
        ),
      };
    };
    const world = deployOrganisation({
      clock,
      credentials: [
        { id: "master", intervalHours: 720, accessTokenValiditySeconds: 3600, secretCacheSeconds: 900 },
        { id: "crm", intervalHours: 168, accessTokenValiditySeconds: 3600, secretCacheSeconds: 900 },
      ],
      genesys: {
        rateLimitPerMinute: "off",
        tokenRequestsPerMinute: "off",
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...options.genesys,
      },
      functions: (declarations) => [
        ...rotatorFunctions(() => deployed?.rotation ?? declarations),
        ...revokerFunctions(() => {
          if (deployed === undefined) throw new Error("Nothing is deployed yet.");
          return deployed;
        }),
      ],
      runtime: {
        services,
        keep: 100_000,
        mishaps: {
          mishap: (call) => {
            this.calls.push({ ...call, at: clock.now() });
            return this.mishap(call);
          },
          latencyMilliseconds: () => this.latencyMilliseconds,
        },
        onInvocation: (record) => this.invocations.push(record),
        scheduleSeconds: (name) => (options.isScheduled === true ? (name === "sweep" ? 300 : 3600) : "never"),
      },
    });
    this.genesys = world.genesys;
    this.aws = world.aws;
    this.runtime = world.runtime;
    this.rotation = options.rotation?.(world.declarations) ?? world.declarations;
    this.aws.setHeldSecret("webhookSecret", JSON.stringify({ current: webhookSecret }));
    const single = this.addClient("Reporting");
    const stored = this.addClient("Wallboard");
    const decoy = this.addClient("Backup export");
    const storedArn = this.aws.createRotatedSecret("rotated/wallboard", {
      ClientRequestToken: "0".repeat(32),
      SecretString: formatSecretValue({ ...stored, region: "us-east-1" }),
    });
    const declared: LeakDeclarations = {
      organization,
      hookId: hook.id,
      patterns: [{ id: "oauth-secret", name: patternName, slug: "genesys_cloud_oauth_secret" }],
      clients: [
        { id: "reporting", clientId: single.clientId },
        { id: "wallboard", clientId: stored.clientId, secretArn: storedArn },
      ],
      decoys: [{ id: "backup", clientId: decoy.clientId }],
      protectedIds: [],
      secretNames: { crm: "rotated/crm", wallboard: "rotated/wallboard" },
      settings: { ...defaultLeakSettings, ...options.settings },
      slack: { securityChannel, developerChannel, logins: { dev: developer.id } },
      runbookUrl: "https://runbooks.example.com/leak",
    };
    this.leak = options.leak?.(declared) ?? declared;
    deployed = { rotation: this.rotation, leak: this.leak };
    this.publishPattern();
    this.genesys.world.markPristine();
  }

  /** A client of the organisation that nobody has declared. */
  addClient(name: string, fields: object = {}): Pair {
    const { world } = this.genesys;
    const roleId = world.roleNamed("employee")?.id ?? "";
    const { id, secret } = world.addClient({
      name,
      accessTokenValiditySeconds: 3600,
      grants: [world.grant(roleId, "*")],
      ...fields,
    });
    return { clientId: id, clientSecret: secret };
  }

  /** The pair of a declared client, by its logical id. */
  pairOf(id: string): Pair {
    const { clients, decoys } = this.leak;
    const clientId = [...clients, ...decoys].find((each) => each.id === id)?.clientId;
    if (clientId === undefined) return this.value(id);
    return { clientId, clientSecret: this.genesys.world.clients.get(clientId)?.secret ?? "" };
  }

  credential(id: string): RotatedCredential {
    const found = this.rotation.credentials.find((each) => each.id === id);
    if (found === undefined) throw new Error(`There is no credential ${id}.`);
    return found;
  }

  /** What users read under the label. */
  value(id: string, stage = "AWSCURRENT"): SecretValue {
    const secretArn =
      this.rotation.credentials.find((each) => each.id === id)?.secretArn ??
      this.leak.clients.find((each) => each.id === id)?.secretArn ??
      "";
    const stored = this.aws.secretsManager.store.find(secretArn);
    const text = stored.versions.get(stored.labels.get(stage) ?? "")?.value;
    const value = text === undefined ? undefined : parseSecretValue(text);
    if (value === undefined) throw new Error(`${id} has no value under ${stage}.`);
    return value;
  }

  async logsIn({ clientId, clientSecret }: Pair): Promise<boolean> {
    const answer = await this.genesys.fetch("https://genesys.test/oauth/token", {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    return answer.status === 200;
  }

  /** GitHub's call of the webhook, through API Gateway. */
  async receive(headers: Readonly<Record<string, string>>, body: string): Promise<{ status: number }> {
    const answer = await this.runtime.invoke("receive", {
      httpMethod: "POST",
      path: "/github",
      headers,
      body,
      isBase64Encoded: false,
    });
    return { status: (answer as { statusCode: number }).statusCode };
  }

  sign(body: string, secret = webhookSecret): string {
    return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  }

  /** A developer commits the secret, beside its id unless the file says otherwise. */
  push(
    pair: Pair,
    options: {
      files?: Record<string, string | Uint8Array>;
      login?: string;
      email?: string;
      committedAt?: number;
      repository?: string;
    } = {},
  ): AlertId {
    const { login = "dev", email, files = { "config.py": fileWith(pair) }, committedAt } = options;
    const pushed = this.github.world.push({
      repository: options.repository ?? repository,
      author: { login, ...(email === undefined ? {} : { email }) },
      files,
      ...(committedAt === undefined ? {} : { committedAt }),
    });
    const alert = pushed.kind === "accepted" ? pushed.alerts[0] : undefined;
    if (alert === undefined) throw new Error("The push raised no alert.");
    return { repository: alert.repository.fullName, number: alert.number };
  }

  /** Lets time pass, with everything that happens meanwhile. */
  pass(seconds: number): Promise<void> {
    return this.clock.advanceBy(seconds * 1000);
  }

  case(alert: AlertId): AlertCase | undefined {
    const text = this.aws.leakTable.get(alertKey(alert))?.record?.S;
    return text === undefined ? undefined : JSON.parse(text);
  }

  alertState(alert: AlertId): { state: string; resolution: string | null } {
    const found = this.github.world.findAlert(alert.repository, alert.number);
    return { state: found?.state ?? "gone", resolution: found?.resolution ?? null };
  }

  metric(name: string): number[] {
    return this.runtime.metrics.emitted.filter((each) => each.name === name).map(({ value }) => value);
  }

  /** Where something was said in Slack, in order: `security`, `developers` or a user's name. */
  said(): string[] {
    const { world } = this.slack;
    return world.messages.map(({ channel, user }) =>
      user === undefined ? (world.channel(channel)?.name ?? channel) : (world.user(user)?.name ?? user),
    );
  }

  /** A rotation by the rotator, until it is over. */
  async rotate(id: string): Promise<void> {
    // The rotation's configuration is tested first.
    await this.pass(60);
    const { clientId } = this.value(id);
    this.aws.secretsManager.rotateSecret({
      SecretId: this.credential(id).secretArn,
      ClientRequestToken: `rotation-${String(this.clock.now()).padStart(32, "0")}`,
    });
    for (let minute = 0; minute < 48 * 60 && this.value(id).clientId === clientId; minute += 1)
      await this.pass(60);
    if (this.value(id).clientId === clientId) throw new Error(`${id} was not rotated.`);
  }

  /** A message to the leak queue as a person sends it. */
  send(message: object): void {
    this.aws.leakQueue.send({
      body: JSON.stringify(message),
      groupId: "release",
      deduplicationId: `by-hand-${this.clock.now()}-${Math.floor(this.clock.random() * 1e9)}`,
    });
  }

  private publishPattern(): void {
    const { world } = this.github;
    const scope = world.scope({ organization });
    if (scope === undefined) throw new Error("There is no organisation.");
    const { id } = world.create(scope, patternName, {
      pattern: "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]",
      startDelimiter: "[\"' =:]",
      endDelimiter: "\\z|[^0-9A-Za-z_-]",
      mustMatch: [],
      mustNotMatch: [],
    });
    world.dryRun(id);
    world.publish(id);
  }
}

export const fileWith = ({ clientId, clientSecret }: Pair): string =>
  `# Genesys Cloud\nclient_id = "${clientId}"\nclient_secret = "${clientSecret}"\n`;
