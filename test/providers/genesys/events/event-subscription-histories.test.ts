import fc from "fast-check";
import {
  createEventSubscriptionProvider,
  type EventSubscriptionInputs,
  type EventSubscriptionOutputs,
} from "../../../../providers/genesys/events/event-subscription-provider.ts";
import { proveHistories, type World } from "../../histories/history.ts";
import { startOrganisation } from "../organisation.ts";

const type = "amazon-eventbridge-source";
const topics = [
  "v2.audits.entitytype.{id}.entityid.{id}",
  "v2.users.{id}.tokens",
  "v2.system.token_revoked.{id}",
];

const declarations: fc.Arbitrary<EventSubscriptionInputs> = fc.record({
  name: fc.constantFrom("Guard events", "Credential events"),
  awsAccountId: fc.constant("111122223333"),
  awsRegion: fc.constantFrom("us-east-1", "eu-central-1"),
  eventSourceSuffix: fc.constantFrom("guard", "watch"),
  topics: fc.shuffledSubarray(topics, { minLength: 1 }),
  owner: fc.constant("guard:acme/credentials/prod/events~0a1b2c3d"),
});

const start = async (): Promise<World<EventSubscriptionInputs, EventSubscriptionOutputs>> => {
  const { world, faults, session, close } = await startOrganisation();
  let made = 0;
  return {
    faults,
    close,
    host: () => {
      const shared = session();
      return createEventSubscriptionProvider(() => shared);
    },
    drift: (id, choice) => {
      const integration = world.integrations.get(id);
      if (integration === undefined) return;
      const { config } = integration;
      const drifts: (() => unknown)[] = [
        () => world.integrations.remove(id),
        () => world.integrations.edit(id, { intendedState: "DISABLED" }),
        () => world.integrations.edit(id, { config: { ...config, name: `Renamed ${choice}` } }),
        () =>
          world.integrations.edit(id, {
            config: {
              ...config,
              properties: { ...config.properties, eventFilter: ["v2.users.{id}.presence"] },
            },
          }),
        () =>
          world.integrations.edit(id, {
            config: { ...config, properties: { ...config.properties, eventSourceSuffix: `moved-${choice}` } },
          }),
      ];
      // What is not configured yet has nothing to change by hand but its existence.
      const some = Object.keys(config.properties).length === 0 ? drifts.slice(0, 2) : drifts;
      some[choice % some.length]?.();
    },
    existing: (inputs) => {
      made += 1;
      const eventSourceSuffix = `by-hand-${made}`;
      const id = world.newId();
      world.integrations.add({
        id,
        typeId: type,
        intendedState: "ENABLED",
        config: {
          name: `By hand ${made}`,
          version: 1,
          properties: {
            awsAccountId: inputs.awsAccountId,
            awsAccountRegion: inputs.awsRegion,
            eventSourceSuffix,
            eventFilter: ["v2.users.{id}.presence"],
          },
          advanced: {},
          notes: "Made by hand",
          credentials: {},
        },
        dateCreated: "",
        dateModified: "",
        createdBy: "",
        modifiedBy: "",
      });
      return { id, inputs: { ...inputs, eventSourceSuffix, adoptId: id } };
    },
    actual: (id) => {
      const integration = world.integrations.get(id);
      if (integration === undefined) return undefined;
      const { name, properties } = integration.config;
      return {
        integrationId: id,
        name,
        intendedState: integration.intendedState,
        awsAccountId: properties.awsAccountId,
        awsRegion: properties.awsAccountRegion,
        eventSourceSuffix: properties.eventSourceSuffix,
        topics: properties.eventFilter,
        eventSourceName: `aws.partner/genesys.com/cloud/${world.organization.id}/${properties.eventSourceSuffix}`,
      };
    },
    living: () =>
      world.integrations
        .all()
        .filter(({ typeId }) => typeId === type)
        .map(({ id }) => id),
  };
};

proveHistories("whatever happens to an event subscription, one deployment puts it right", {
  declarations,
  start,
});
