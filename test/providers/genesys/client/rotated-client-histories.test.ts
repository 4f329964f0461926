import fc from "fast-check";
import { readMarker, stripMarker } from "../../../../core/marker.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import type {
  RotatedInputs,
  RotatedOutputs,
} from "../../../../providers/genesys/client/rotated-client-inputs.ts";
import type { GenesysOptions } from "../../../../sandbox/genesys/index.ts";
import { FaultPlan, type FaultRule } from "../../../../sandbox/http/faults.ts";
import { proveHistories, type World } from "../../histories/history.ts";
import { roleNames } from "./client-histories.ts";
import { owner, startRotated } from "./rotated-world.ts";

/** What fails, fails on the platform and in AWS. */
class FaultsOfBoth extends FaultPlan {
  readonly #plans: readonly FaultPlan[];

  constructor(plans: readonly FaultPlan[]) {
    super();
    this.#plans = plans;
  }

  override add(rule: FaultRule): () => void {
    const undo = this.#plans.map((plan) => plan.add(rule));
    return () => {
      for (const each of undo) each();
    };
  }

  override clear(): void {
    for (const plan of this.#plans) plan.clear();
  }
}

const declarations = fc.record(
  {
    owner: fc.constant(owner),
    name: fc.constantFrom("CRM Integration", "CRM Sync"),
    description: fc.constantFrom("Reads queues", "Reads queues and users"),
    roles: fc.uniqueArray(
      fc.record(
        { role: fc.constantFrom(...roleNames), division: fc.constantFrom("*", "Home", "Claims") },
        { requiredKeys: ["role"] },
      ),
      { minLength: 1, maxLength: 3, selector: ({ role, division }) => `${role} ${division ?? "Home"}` },
    ),
    accessTokenValiditySeconds: fc.constantFrom(300, 3600, 86_400),
    allowedIps: fc.constantFrom(["52.204.1.0/24"], ["52.204.1.7", "egress:primary"]),
    rotationIntervalHours: fc.constantFrom(4, 168),
    strategy: fc.constantFrom("blueGreenClients", "inPlace"),
    home: fc.constantFrom("crm", "crm", "crm", "crm-2"),
  },
  { requiredKeys: ["owner", "name", "roles", "home"] },
) as unknown as fc.Arbitrary<RotatedInputs & { home: string }>;

/** An organisation in which one rotated credential lives, while somebody else rotates it. */
const startWorld = async (options: GenesysOptions = {}): Promise<World<RotatedInputs, RotatedOutputs>> => {
  let time = Date.UTC(2026, 10, 21);
  const the = await startRotated({ clock: () => time, ...options });
  const { aws, world, organisation } = the;
  const arns: Record<string, string> = { crm: the.secretArn, "crm-2": the.newSecret("rotated/crm-2") };
  /** The secret of the state, which is the one that is rotated. */
  let secretArn = the.secretArn;
  const noting = async <T extends { outs: RotatedOutputs }>(call: Promise<T>): Promise<T> => {
    try {
      const done = await call;
      secretArn = done.outs.secretArn;
      return done;
    } catch (error) {
      if (error instanceof PartialFailure) ({ secretArn } = error.properties as RotatedOutputs);
      throw error;
    }
  };
  const settle = () => {
    const reads = Math.max(options.lag?.lists ?? 0, options.lag?.gets ?? 0);
    for (let i = 0; i < reads; i += 1) {
      for (const each of [world.clients, world.roles, world.divisions]) each.list();
      const ids = [...world.clients.all().map(({ id }) => id), ...world.deletedClients.keys()];
      for (const id of ids) world.clients.read(id);
    }
  };
  settle();
  /** Generations that were in use, and are left to the rotator. */
  const superseded = new Set<string>();
  const isOurs = ({ description }: { description?: string | undefined }) =>
    readMarker(description)?.prefix === owner;
  const current = () => {
    try {
      const client = world.clients.get(the.stored(secretArn).clientId);
      return client !== undefined && client.state === "active" ? client : undefined;
    } catch {
      return undefined;
    }
  };
  const live = () =>
    world.clients
      .all()
      .filter((each) => isOurs(each) && (each.state !== "inactive" || each.dateToDelete === undefined));
  const grant = (name: string) => world.grant(world.roleNamed(name)?.id ?? "", "*");

  return {
    faults: new FaultsOfBoth([organisation.faults, aws.faults]),
    settle,
    close: the.close,
    host: () => {
      // Longer than a lease lasts whose holder died.
      time += 20 * 60_000;
      const provider = the.host();
      return {
        ...provider,
        check: (olds, { home = "crm", ...news }: RotatedInputs & { home?: string }) =>
          provider.check(olds, the.declare({ ...news, secretArn: arns[home] })),
        create: (inputs) => noting(provider.create(inputs)),
        update: (id, olds, news) => noting(provider.update(id, olds, news)),
      };
    },
    drift: (_id, choice) => {
      const client = current();
      if (client === undefined) return;
      const { id, description = "" } = client;
      superseded.add(id);
      const drifts = [
        () => the.rotate(secretArn),
        () => the.rotate(secretArn),
        () =>
          world.clients.edit(the.rotate(secretArn), { state: "inactive", dateToDelete: world.inSevenDays() }),
        () => world.deleteClient(the.rotate(secretArn)),
        () => world.clients.edit(the.rotate(secretArn), { accessTokenValiditySeconds: 172_800 }),
        () => world.deleteClient(id),
        () => world.clients.edit(id, { state: "inactive", dateToDelete: world.inSevenDays() }),
        () => world.clients.edit(id, { name: "Renamed by hand", description: `Edited ${description}` }),
        () => world.clients.edit(id, { description: "Edited by hand" }),
        () => world.clients.edit(id, { grants: [grant("Queue Viewer"), grant("Supervisor")] }),
        () =>
          aws.secrets.putSecretValue({
            SecretId: secretArn,
            ClientRequestToken: world.newId(),
            SecretString: "edited by hand",
          }),
        () => the.table.restore(),
      ];
      drifts[choice % drifts.length]?.();
    },
    actual: () => {
      const client = current();
      if (client === undefined || !isOurs(client)) return undefined;
      // Its users can log in with what they read.
      expect(the.stored(secretArn).clientSecret === client.secret).toBe(true);
      const roleDivisions = client.grants.map(({ roleId, divisionId }) => ({ roleId, divisionId }));
      const { name, accessTokenValiditySeconds } = client;
      const description = stripMarker(client.description);
      return {
        owner,
        secretArn,
        name,
        accessTokenValiditySeconds,
        roleDivisions,
        ...(description === undefined ? {} : { description }),
      };
    },
    living: () => {
      const now = live().map(({ id }) => id);
      const known = now.filter((id) => superseded.has(id) || id === current()?.id);
      return [...(known.length > 0 ? [owner] : []), ...now.filter((id) => !known.includes(id))];
    },
  };
};

proveHistories(
  "whatever happens to a rotated credential, one deployment puts it right",
  { declarations, start: () => startWorld() },
  { quick: 25, full: 500 },
);

proveHistories(
  "so it does where what the platform shows lags behind what it has",
  { declarations, start: () => startWorld({ lag: { lists: 2, gets: 2 } }) },
  { quick: 15, full: 500 },
);
