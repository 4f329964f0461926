import { marker } from "../../../../core/marker.ts";
import type { ClientOutputs } from "../../../../providers/genesys/client/client-inputs.ts";
import {
  createOauthClientProvider,
  type OauthClientInputs,
} from "../../../../providers/genesys/client/oauth-client-provider.ts";
import type {
  RotatedInputs,
  RotatedOutputs,
} from "../../../../providers/genesys/client/rotated-client-inputs.ts";
import { createRotatedClientProvider } from "../../../../providers/genesys/client/rotated-client-provider.ts";
import { ResourceUnderEngine } from "../../histories/engine.ts";
import { type RotatedWorld, startRotated } from "./rotated-world.ts";

const newResource = () => new ResourceUnderEngine<RotatedInputs, RotatedOutputs>();

let the: RotatedWorld;
beforeEach(async () => {
  the = await startRotated();
});
afterEach(() => the.close());

describe("where the secret holds a client already", () => {
  const addStranger = (description?: string) =>
    the.world.addClient({
      name: "By hand",
      ...(description === undefined ? {} : { description }),
      grants: [the.world.grant(the.world.roleNamed("CRM Reader")?.id ?? "", "*")],
    });

  test("of nobody, makes its own and lets that one go on working", async () => {
    const stranger = addStranger("made by hand");
    the.promote(stranger);
    await the.deployed();
    expect(the.stored().clientId).not.toBe(stranger.id);
    expect(the.world.clients.get(stranger.id)).toEqual(stranger);
    expect(the.organisation.warnings.join()).toContain(`held OAuth client ${stranger.id}`);
  });

  test("of another resource, refuses: neither is touched", async () => {
    const stranger = addStranger(marker("guard:acme/credentials/prod/erp~00000000", "1"));
    the.promote(stranger);
    await expect(the.deployed()).rejects.toThrow(/belongs to another resource: guard:acme.*alias/);
    expect(the.stored().clientId).toBe(stranger.id);
    expect(the.world.clients.get(stranger.id)).toEqual(stranger);
    expect(the.generations()).toEqual([]);
  });

  test("of another resource that has retired it, takes the secret", async () => {
    const stranger = addStranger(marker("guard:acme/credentials/prod/erp~00000000", "1"));
    the.world.clients.edit(stranger.id, { state: "inactive" });
    the.promote(stranger);
    await the.deployed();
    expect(await the.works()).toBe(true);
  });

  test("and text that is no client, stores the client's", async () => {
    the.aws.secrets.putSecretValue({
      SecretId: the.secretArn,
      ClientRequestToken: "0".repeat(32),
      SecretString: "to be done",
    });
    await the.deployed();
    expect(await the.works()).toBe(true);
  });
});

describe("a credential of the same name that was another resource", () => {
  const elsewhere = "guard:acme/credentials/prod/crm~ffffffff";

  test("is taken over as it is from another parent, and the old resource deletes nothing", async () => {
    const old = await the.deployed({ owner: elsewhere });
    const earlier = the.stored().clientId;
    the.promote(
      the.world.addClient({
        name: "CRM Integration",
        description: marker(elsewhere, "00000000000000ff"),
        grants: the.current().grants,
      }),
    );
    const before = the.stored();
    const resource = await the.deployed();
    expect(the.stored()).toEqual(before);
    expect(the.generations().map(({ id }) => id)).toEqual([earlier, before.clientId]);
    await old.destroy(the.host());
    expect(the.generations()).toHaveLength(2);
    expect(the.record().generations).toMatchObject([{ clientId: earlier }]);
    expect(await the.works()).toBe(true);
    await resource.refresh(the.host());
    expect(await resource.changes(the.host(), the.declare())).toBe(false);
    await resource.destroy(the.host());
    expect(the.world.isPristine()).toBe(true);
  });

  test("is taken over from a client that was not rotated, and the old resource deletes nothing", async () => {
    const session = the.organisation.session();
    const old = new ResourceUnderEngine<OauthClientInputs, ClientOutputs>();
    const sink = { kind: "secretsManager", secretArn: the.secretArn, awsRegion: "us-east-1" };
    const { secretArn: _s, ledgerTable: _l, awsRegion: _r, ...inputs } = the.declare({ owner: elsewhere });
    await old.up(
      createOauthClientProvider(() => session),
      { ...inputs, secretSink: sink } as unknown as OauthClientInputs,
    );
    const before = the.stored();
    await the.deployed();
    expect(the.stored()).toEqual(before);
    expect(the.organisation.calls.count("POST /api/v2/oauth/clients")).toBe(1);
    await old.destroy(createOauthClientProvider(() => the.organisation.session()));
    expect(await the.works()).toBe(true);
  });

  test("is left alone where the program still declares it", async () => {
    const session = the.organisation.session();
    session.claimed.add("00000000000000ff");
    const grants = [the.world.grant(the.world.roleNamed("CRM Reader")?.id ?? "", "*")];
    const description = marker(elsewhere, "00000000000000ff");
    the.promote(the.world.addClient({ name: "CRM", description, grants }));
    const provider = createRotatedClientProvider(() => session);
    await expect(newResource().up(provider, the.declare())).rejects.toThrow(/belongs to another resource/);
  });
});
