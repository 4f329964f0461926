import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import {
  createEventSubscriptionProvider,
  type EventSubscriptionInputs,
  type EventSubscriptionOutputs,
} from "../../../../providers/genesys/events/event-subscription-provider.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

const audits = "v2.audits.entitytype.{id}.entityid.{id}";
const tokens = "v2.users.{id}.tokens";
const declared: EventSubscriptionInputs = {
  name: "Guard events",
  awsAccountId: "111122223333",
  awsRegion: "us-east-1",
  eventSourceSuffix: "guard",
  topics: [tokens, audits],
  owner: "guard:acme/credentials/prod/events~0a1b2c3d",
};
const path = "/api/v2/integrations";
const onePath = `${path}/{integrationId}`;
const configPath = `${onePath}/config/current`;

let organisation: Organisation;
beforeEach(async () => {
  organisation = await startOrganisation();
});
afterEach(() => organisation.close());

const provider = () => {
  const session = organisation.session();
  return createEventSubscriptionProvider(() => session);
};
const integrations = () => organisation.world.integrations.all();
const integrationOf = (id: string | undefined) => organisation.world.integrations.get(id ?? "");
const addIntegration = (properties: Record<string, unknown>, typeId = "amazon-eventbridge-source") =>
  organisation.world.integrations.add({
    id: organisation.world.newId(),
    typeId,
    intendedState: "DISABLED",
    config: { name: "By hand", version: 1, properties, advanced: {}, notes: "", credentials: {} },
    dateCreated: "",
    dateModified: "",
    createdBy: "",
    modifiedBy: "",
  });
const wire = {
  awsAccountId: declared.awsAccountId,
  awsAccountRegion: declared.awsRegion,
  eventSourceSuffix: declared.eventSourceSuffix,
  eventFilter: [audits],
};
const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PartialFailure)) throw new Error(`no partial failure: ${String(error)}`);
  organisation.faults.clear();
  return { id: error.id, props: error.properties as EventSubscriptionOutputs, message: error.message };
};

describe("check", () => {
  test.each<[string, object, string[]]>([
    ["a complete declaration", { ...declared, adoptId: "i1" }, []],
    ["unknown values", { ...declared, awsAccountId: unknown, topics: [audits, unknown] }, []],
    ["an account of 11 digits", { ...declared, awsAccountId: "11112222333" }, ["awsAccountId"]],
    ["an account as a number", { ...declared, awsAccountId: 111122223333 }, ["awsAccountId"]],
    ["no region", { ...declared, awsRegion: "Frankfurt" }, ["awsRegion"]],
    ["a suffix of 65 characters", { ...declared, eventSourceSuffix: "x".repeat(65) }, ["eventSourceSuffix"]],
    ["a suffix with a slash", { ...declared, eventSourceSuffix: "a/b" }, ["eventSourceSuffix"]],
    ["no topics", { ...declared, topics: [] }, ["topics"]],
  ])("%s", async (_name, inputs, properties) => {
    const { failures } = await provider().check({}, inputs as EventSubscriptionInputs);
    expect(failures.map(({ property }) => property)).toEqual(properties);
  });

  test.each(["*", "v2.*", "v2.users", "all", "v2.#", "users.created"])(
    "refuses the topic %s",
    async (topic) => {
      const { failures } = await provider().check({}, { ...declared, topics: [audits, topic] });
      expect(failures[0]?.property).toBe("topics[1]");
      expect(failures[0]?.reason).toContain(topic);
    },
  );
});

describe("diff", () => {
  const olds: EventSubscriptionOutputs = {
    ...declared,
    topics: [audits, tokens],
    integrationId: "i1",
    eventSourceName: "s",
    intendedState: "ENABLED",
  };

  test.each<[string, Partial<EventSubscriptionOutputs>, Partial<EventSubscriptionInputs>, boolean, string[]]>(
    [
      ["nothing, whatever the order of the topics", {}, {}, false, []],
      ["another name", {}, { name: "Other" }, true, []],
      ["another topic", {}, { topics: [audits] }, true, []],
      ["another account", {}, { awsAccountId: "444455556666" }, true, ["awsAccountId"]],
      ["another region", {}, { awsRegion: "eu-central-1" }, true, ["awsRegion"]],
      ["another suffix", {}, { eventSourceSuffix: "watch" }, true, ["eventSourceSuffix"]],
      ["one that somebody has switched off", { intendedState: "DISABLED" }, {}, true, []],
      [
        "another owner and adoptId, which matter at creation alone",
        {},
        { owner: "o", adoptId: "i2" },
        false,
        [],
      ],
    ],
  )("%s", async (_name, old, news, changes, replaces) => {
    const result = await provider().diff("i1", { ...olds, ...old }, { ...declared, ...news });
    expect(result).toEqual({ changes, replaces });
    expect(organisation.calls.all).toEqual([]);
  });
});

describe("create", () => {
  test("makes, configures and enables the integration", async () => {
    const { id, outs } = await provider().create(declared);
    const eventSourceName = `aws.partner/genesys.com/cloud/${organisation.world.organization.id}/guard`;
    expect(outs).toEqual({
      ...declared,
      topics: [audits, tokens],
      integrationId: id,
      eventSourceName,
      intendedState: "ENABLED",
    });
    expect(integrationOf(id)).toMatchObject({
      intendedState: "ENABLED",
      config: {
        name: "Guard events",
        notes: declared.owner,
        properties: { ...wire, eventFilter: [audits, tokens] },
      },
    });
  });

  test.each([
    ["the configuration", "PUT", configPath],
    ["the state", "PATCH", onePath],
  ])("keeps an integration without %s as unfinished, and finishes it later", async (_name, method, route) => {
    organisation.faults.add({ fault: { kind: "status", status: 503 }, method, route });
    const { id, props, message } = await failureOf(provider().create(declared));
    expect(message).toContain("exists but is not finished");
    expect(await provider().diff(id, props, declared)).toMatchObject({ changes: true, replaces: [] });
    const { props: seen = props, inputs = declared } = await provider().read(id, props);
    expect(inputs).toMatchObject({ awsAccountId: declared.awsAccountId, eventSourceSuffix: "guard" });
    expect(await provider().diff(id, seen, declared)).toMatchObject({ changes: true, replaces: [] });
    const { outs } = await provider().update(id, seen, declared);
    expect(outs.intendedState).toBe("ENABLED");
    expect(integrations()).toMatchObject([
      { id, intendedState: "ENABLED", config: { name: "Guard events" } },
    ]);
  });

  test("finds the integration whose creation got no answer", async () => {
    organisation.faults.add({ fault: { kind: "dropAfter" }, method: "POST", route: path, times: 1 });
    const { id } = await provider().create(declared);
    expect(integrations().map((each) => each.id)).toEqual([id]);
  });

  test("hands on a plain refusal", async () => {
    organisation.faults.add({ fault: { kind: "status", status: 429 }, method: "POST", route: path });
    await expect(provider().create(declared)).rejects.toThrow("rate limit");
  });

  test("takes what a killed run has left, empty or finished", async () => {
    const empty = addIntegration({});
    organisation.world.integrations.edit(empty.id, {
      config: { ...empty.config, name: `${declared.owner}#0123456789abcdef` },
    });
    expect((await provider().create(declared)).id).toBe(empty.id);
    expect((await provider().create(declared)).id).toBe(empty.id);
    expect(integrations()).toHaveLength(1);
  });

  test("leaves the empty and the foreign integrations of others alone", async () => {
    const others = [addIntegration({}), addIntegration({ ...wire, eventSourceSuffix: "theirs" })];
    const { id } = await provider().create(declared);
    expect(integrations().filter((each) => each.id !== id)).toEqual(others);
  });

  test("refuses a second integration for the same source, and says how to take over the first", async () => {
    const { id } = addIntegration(wire);
    await expect(provider().create(declared)).rejects.toThrow(
      `The integration "By hand" (${id}) sends its events to account 111122223333, region us-east-1, suffix guard already. To take it over set adoptId: "${id}"`,
    );
    expect(integrations()).toHaveLength(1);
  });
});

describe("a creation without an answer, when nothing can be looked up either", () => {
  const lost = () => {
    organisation.faults.add({ fault: { kind: "dropAfter" }, method: "POST", route: path, times: 1 });
    organisation.faults.add({ fault: { kind: "dropBefore" }, method: "GET", route: path, skip: 1 });
    return failureOf(provider().create(declared));
  };

  test("is kept by its marker; a refresh finds the integration", async () => {
    const { id, props } = await lost();
    expect(id).toMatch(/^unconfirmed:guard:acme\/credentials\/prod\/events~0a1b2c3d#[0-9a-f]{16}$/);
    expect(await provider().read(id, props)).toMatchObject({ id: integrations()[0]?.id });
  });

  test("is finished by the next deployment", async () => {
    const { id, props } = await lost();
    const { outs } = await provider().update(id, props, declared);
    expect(integrations()).toMatchObject([{ id: outs.integrationId, intendedState: "ENABLED" }]);
    await provider().delete(id, outs);
    expect(integrations()).toEqual([]);
  });

  test("is made again if it had no effect", async () => {
    const { id, props } = await lost();
    organisation.world.integrations.remove(integrations()[0]?.id ?? "");
    expect(await provider().read(id, props)).toEqual({});
    await provider().delete(id, props);
    const { outs } = await provider().update(id, props, declared);
    expect(integrations().map((each) => each.id)).toEqual([outs.integrationId]);
  });

  test("is deleted where the program goes back to the integration that it was to replace", async () => {
    const first = await provider().create({ ...declared, eventSourceSuffix: "first" });
    const { id, props } = await lost();
    await provider().delete(id, props);
    expect(integrations().map((each) => each.id)).toEqual([first.id]);
  });
});

describe("adoption", () => {
  test("keeps what else the configuration holds", async () => {
    const { id, config } = addIntegration(wire);
    organisation.world.integrations.edit(id, {
      config: { ...config, notes: "Ask Ada", advanced: { batch: 5 } },
    });
    expect((await provider().create({ ...declared, adoptId: id })).id).toBe(id);
    expect(integrationOf(id)).toMatchObject({
      intendedState: "ENABLED",
      config: { name: "Guard events", notes: "Ask Ada", advanced: { batch: 5 } },
    });
  });

  test("takes an integration that nobody has configured", async () => {
    const { id } = addIntegration({});
    expect((await provider().create({ ...declared, adoptId: id })).id).toBe(id);
  });

  test.each<[string, () => string, string]>([
    ["an id that no integration has", () => "nothing", "there is no such integration"],
    [
      "another type",
      () => addIntegration({}, "custom-rest-actions").id,
      "is of the type custom-rest-actions",
    ],
    [
      "another source, which cannot be moved",
      () => addIntegration({ ...wire, awsAccountRegion: "eu-central-1" }).id,
      "sends its events to account 111122223333, region eu-central-1, suffix guard, and cannot be moved",
    ],
  ])("refuses %s", async (_name, existing, reason) => {
    const adoptId = existing();
    const before = integrations();
    await expect(provider().create({ ...declared, adoptId })).rejects.toThrow(reason);
    expect(integrations()).toEqual(before);
  });
});

describe("read", () => {
  test("reports what was changed by hand", async () => {
    const { id, outs } = await provider().create(declared);
    const config = integrationOf(id)?.config;
    if (config === undefined) throw new Error("no integration");
    organisation.world.integrations.edit(id, {
      intendedState: "DISABLED",
      config: { ...config, name: "Renamed", properties: { ...wire, eventSourceSuffix: "moved" } },
    });
    const { props } = await provider().read(id, outs);
    expect(props).toEqual({
      ...outs,
      name: "Renamed",
      topics: [audits],
      eventSourceSuffix: "moved",
      eventSourceName: outs.eventSourceName.replace(/guard$/, "moved"),
      intendedState: "DISABLED",
    });
  });

  test("finds nothing where the integration is gone", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.integrations.remove(id);
    expect(await provider().read(id, outs)).toEqual({});
  });
});

describe("update", () => {
  /** Somebody else writes the configuration right before each of the first `times` PUTs. */
  const contested = (id: string, times: number) => {
    const session = organisation.session();
    let seen = 0;
    const updateConfig: typeof session.api.integrations.updateConfig = (...args) => {
      const config = integrationOf(id)?.config;
      seen += 1;
      if (config !== undefined && seen <= times)
        organisation.world.integrations.edit(id, { config: { ...config, advanced: { seen } } });
      return session.api.integrations.updateConfig(...args);
    };
    const api = { ...session.api, integrations: { ...session.api.integrations, updateConfig } };
    return createEventSubscriptionProvider(() => ({ ...session, api }));
  };

  test("merges its change into a configuration that somebody else changes meanwhile", async () => {
    const { id, outs } = await provider().create(declared);
    await contested(id, 2).update(id, outs, { ...declared, topics: [audits] });
    expect(integrationOf(id)?.config).toMatchObject({ advanced: { seen: 2 }, properties: wire });
  });

  test("gives up where that never ends", async () => {
    const { id, outs } = await provider().create(declared);
    await expect(contested(id, 99).update(id, outs, { ...declared, topics: [audits] })).rejects.toThrow(
      "somebody else keeps changing it",
    );
  });

  test("gives up where the platform goes on showing the version that it refuses", async () => {
    const { id, outs } = await provider().create(declared);
    const stale = integrationOf(id)?.config;
    const session = organisation.session();
    const config: typeof session.api.integrations.config = async (integrationId) => ({
      ...(await session.api.integrations.config(integrationId)),
      version: (stale?.version ?? 0) - 1,
    });
    const api = { ...session.api, integrations: { ...session.api.integrations, config } };
    const blind = createEventSubscriptionProvider(() => ({ ...session, api }));
    await expect(blind.update(id, outs, { ...declared, topics: [audits] })).rejects.toThrow(
      "somebody else keeps changing it",
    );
  });

  test("hands on any other refusal", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.integrations.remove(id);
    await expect(provider().update(id, outs, declared)).rejects.toThrow("does not exist");
  });
});

describe("delete", () => {
  test("disables first, and is done when the integration is gone", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.faults.add({ fault: { kind: "status", status: 503 }, method: "DELETE" });
    await expect(provider().delete(id, outs)).rejects.toThrow("503");
    expect(integrationOf(id)?.intendedState).toBe("DISABLED");
    organisation.faults.clear();
    await provider().delete(id, outs);
    await provider().delete(id, outs);
    expect(integrations()).toEqual([]);
  });

  test("spares the integration that a replacement has taken over in the same run", async () => {
    organisation.faults.add({ fault: { kind: "status", status: 503 }, method: "PUT" });
    const { id, props } = await failureOf(provider().create(declared));
    const run = provider();
    const news = { ...declared, eventSourceSuffix: "watch" };
    expect(await run.diff(id, props, news)).toMatchObject({ replaces: ["eventSourceSuffix"] });
    expect((await run.create(news)).id).toBe(id);
    await run.delete(id, props);
    expect(integrationOf(id)?.config.properties).toMatchObject({ eventSourceSuffix: "watch" });
  });
});
