import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import type { Integration, IntegrationConfiguration } from "../../../apis/genesys/api.ts";
import { AmbiguousOutcomeError, VersionConflictError } from "../../../apis/genesys/errors.ts";
import { isKnownTopicShape, isWildcardTopic } from "../../../core/events/topic.ts";
import { marker, readMarker } from "../../../core/marker.ts";
import { checkInputs, type InputsOf, inputRules } from "../../dynamic/check.ts";
import { type Comparators, changedProperties, exact, ignored, unordered } from "../../dynamic/diff.ts";
import { PartialFailure } from "../../dynamic/partial.ts";
import type { ResourceProvider } from "../../dynamic/provider.ts";
import { text } from "../../dynamic/text.ts";
import { NotAdoptableError, ProviderError } from "../errors.ts";
import { ifFound, remove } from "../existence.ts";
import { idOf } from "../identity.ts";
import { createOccupancy } from "../occupancy.ts";
import { UnsettledError } from "../refusals.ts";
import type { Session } from "../session.ts";
import { unconfirmedId, unconfirmedKey } from "../unconfirmed.ts";
import {
  type EventSource,
  eventBridgeType,
  eventSourceName,
  isSameSource,
  sortedTopics,
  subscriptionOf,
  withSubscription,
} from "./event-bridge.ts";

const topic = v.pipe(
  v.string(),
  v.check((value) => !isWildcardTopic(value), "It must name one kind of event, never all of an area"),
  v.check(isKnownTopicShape, "It must be a topic of the platform: v2, an area, and what is watched"),
);

const rules = inputRules({
  entries: {
    name: text,
    awsAccountId: v.pipe(v.string(), v.regex(/^\d{12}$/, "It must be the 12 digits of an AWS account")),
    awsRegion: v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "It must be an AWS region")),
    eventSourceSuffix: v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9._-]{1,64}$/, "It must be 1 to 64 letters, digits, dots, dashes or underscores"),
    ),
    topics: v.pipe(v.array(topic), v.minLength(1, "It must name a topic")),
    adoptId: v.optional(text),
    /** Whose the integration is: kept in its notes. */
    owner: text,
  },
  examples: {
    name: "Credential guard events",
    awsAccountId: "111122223333",
    awsRegion: "us-east-1",
    eventSourceSuffix: "credential-guard",
    topics: ["v2.audits.entitytype.{id}.entityid.{id}"],
    adoptId: "5f1c0a3e-7b7e-4c55-9d0c-0d2a3a1f6b11",
    owner: "guard:acme/credentials/prod/events~0a1b2c3d",
  },
});

export type EventSubscriptionInputs = InputsOf<typeof rules>;

export interface EventSubscriptionOutputs extends EventSubscriptionInputs {
  /** Absent while nobody knows whether the integration was made. */
  integrationId?: string;
  eventSourceName: string;
  /** `DISABLED` when somebody has switched it off, or when its creation was not finished. */
  intendedState: "ENABLED" | "DISABLED";
}

const comparators: Comparators<EventSubscriptionInputs> = {
  name: exact,
  awsAccountId: exact,
  awsRegion: exact,
  eventSourceSuffix: exact,
  topics: unordered(),
  adoptId: ignored,
  owner: ignored,
};

const identity: readonly string[] = ["awsAccountId", "awsRegion", "eventSourceSuffix"];

const maximumAttempts = 5;

const show = ({ awsAccountId, awsRegion, eventSourceSuffix }: Partial<EventSource>): string =>
  `account ${awsAccountId}, region ${awsRegion}, suffix ${eventSourceSuffix}`;

/** Another integration feeds the declared event source. */
class SourceTakenError extends ProviderError {
  readonly code = "source-taken";

  constructor({ name, id }: Integration, source: EventSource) {
    super(
      `The integration ${JSON.stringify(name)} (${id}) sends its events to ${show(source)} already. To take it over set adoptId: "${id}"; else declare another eventSourceSuffix.`,
    );
  }
}

/**
 * EventBridge integrations, made by three calls: POST gives an empty one, PUT configures it, PATCH enables it.
 *
 * Names are not unique, so ownership is proved by a marker: until it is configured the integration carries it as
 * its name, and from then on the owner is in its notes, which only administrators see.
 */
export const createEventSubscriptionProvider = (
  open: () => Session,
): ResourceProvider<EventSubscriptionInputs, EventSubscriptionOutputs> => {
  const occupied = createOccupancy();

  const outputsOf = (
    integrationId: string,
    inputs: EventSubscriptionInputs,
    source: string,
    intendedState: "ENABLED" | "DISABLED" = "ENABLED",
  ): EventSubscriptionOutputs => ({
    ...inputs,
    topics: sortedTopics(inputs.topics),
    integrationId,
    eventSourceName: source,
    intendedState,
  });

  const list = async (): Promise<Integration[]> =>
    (await open().api.integrations.list()).filter(
      ({ integrationType }) => integrationType?.id === eventBridgeType,
    );

  const named = async (name: string): Promise<string | undefined> =>
    (await list()).find((integration) => integration.name === name)?.id;

  /** The first configuration whose version is not the one that we know: a read may be behind. */
  const configPast = async (
    id: string,
    version: number | undefined,
  ): Promise<IntegrationConfiguration | undefined> =>
    open().patience.until(async () => {
      const config = await open().api.integrations.config(id);
      return config.version === version ? undefined : config;
    });

  /** PUT and PATCH; repeating them changes nothing. */
  const finish = async (id: string, inputs: EventSubscriptionInputs): Promise<void> => {
    const { integrations } = open().api;
    let version: number | undefined;
    for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
      const config = await configPast(id, version);
      if (config === undefined) break;
      const wanted = withSubscription(config, inputs.name, inputs.owner, inputs);
      if (!isDeepStrictEqual(config, wanted)) {
        try {
          await integrations.updateConfig(id, wanted);
        } catch (error) {
          if (!(error instanceof VersionConflictError)) throw error;
          version = config.version;
          continue;
        }
      }
      await integrations.setState(id, { intendedState: "ENABLED" });
      return;
    }
    throw new UnsettledError(`The integration ${inputs.name} (${id})`, maximumAttempts);
  };

  /** The integration that an earlier create of this resource has left behind, at whatever stage. */
  const findOurs = async (inputs: EventSubscriptionInputs): Promise<string | undefined> => {
    const found = await list();
    const unfinished = found.find(({ name }) => readMarker(name)?.prefix === inputs.owner);
    if (unfinished !== undefined) return idOf(unfinished);
    for (const integration of found) {
      const id = idOf(integration);
      const config = await open().api.integrations.config(id);
      if (!isSameSource(subscriptionOf(config), inputs)) continue;
      if (config.notes === inputs.owner) return id;
      throw new SourceTakenError(integration, inputs);
    }
    return undefined;
  };

  const findOrMake = async (inputs: EventSubscriptionInputs, source: string): Promise<string> => {
    const { api, patience, newToken } = open();
    const left = await findOurs(inputs);
    if (left !== undefined) return left;
    const name = marker(inputs.owner, newToken());
    try {
      return idOf(await api.integrations.create({ name, integrationType: { id: eventBridgeType } }));
    } catch (error) {
      if (!(error instanceof AmbiguousOutcomeError)) throw error;
      const made = await patience.until(() => named(name)).catch(() => undefined);
      if (made !== undefined) return made;
      const { integrationId: _, ...outs } = outputsOf("", inputs, source, "DISABLED");
      throw new PartialFailure(unconfirmedId(name), outs, [error.message], error);
    }
  };

  const make = async (inputs: EventSubscriptionInputs, source: string) => {
    const id = await findOrMake(inputs, source);
    occupied.take(id);
    try {
      await finish(id, inputs);
    } catch (error) {
      const reason = `The integration ${inputs.name} (${id}) exists but is not finished: ${(error as Error).message}`;
      throw new PartialFailure(id, outputsOf(id, inputs, source, "DISABLED"), [reason], error);
    }
    return { id, outs: outputsOf(id, inputs, source) };
  };

  const adopt = async (id: string, inputs: EventSubscriptionInputs, source: string) => {
    const { integrations } = open().api;
    const integration = await ifFound(() => integrations.get(id));
    if (integration === undefined)
      throw new NotAdoptableError(id, "there is no such integration", "Correct the id, or remove adoptId.");
    const { name, integrationType } = integration;
    if (integrationType?.id !== eventBridgeType)
      throw new NotAdoptableError(
        id,
        `${JSON.stringify(name)} is of the type ${integrationType?.id}, not ${eventBridgeType}`,
        "Correct the id, or remove adoptId to have an integration made.",
      );
    const found = subscriptionOf(await integrations.config(id));
    if (found.eventSourceSuffix !== undefined && !isSameSource(found, inputs))
      throw new NotAdoptableError(
        id,
        `${JSON.stringify(name)} sends its events to ${show(found)}, and cannot be moved`,
        "Declare these, or remove adoptId to have an integration made.",
      );
    occupied.take(id);
    await finish(id, inputs);
    return { id, outs: outputsOf(id, inputs, source) };
  };

  /** The integration behind a resource; undefined where an unconfirmed creation turns out to have made none. */
  const locate = async (id: string, props: EventSubscriptionOutputs): Promise<string | undefined> => {
    const name = unconfirmedKey(id);
    if (name === undefined) return id;
    return props.integrationId ?? open().patience.until(() => named(name));
  };

  return {
    check: async (_olds, news) => {
      const result = checkInputs(rules, news);
      occupied.declare(result.inputs);
      return result;
    },

    diff: async (id, olds, news) => {
      const changed = changedProperties(olds, news, comparators);
      const replaces = changed.filter((property) => identity.includes(property));
      if (replaces.length === 0) occupied.keep(olds.integrationId ?? id, news);
      return { changes: changed.length > 0 || olds.intendedState !== "ENABLED", replaces };
    },

    create: async (inputs) => {
      const source = eventSourceName(idOf(await open().api.organization.me()), inputs.eventSourceSuffix);
      return inputs.adoptId === undefined ? make(inputs, source) : adopt(inputs.adoptId, inputs, source);
    },

    read: async (id, props) => {
      const { integrations } = open().api;
      const integrationId = await locate(id, props);
      if (integrationId === undefined) return {};
      const integration = await ifFound(() => integrations.get(integrationId));
      const config = integration && (await ifFound(() => integrations.config(integrationId)));
      if (config === undefined) return {};
      const { integrationId: _, eventSourceName: deployed, intendedState: __, ...declared } = props;
      // What was never configured is nowhere else: the next update configures it.
      const inputs = { ...declared, name: config.name, topics: [], ...subscriptionOf(config) };
      const source = deployed.slice(0, -declared.eventSourceSuffix.length) + inputs.eventSourceSuffix;
      const state = integration?.intendedState === "ENABLED" ? "ENABLED" : "DISABLED";
      return { id: integrationId, inputs, props: outputsOf(integrationId, inputs, source, state) };
    },

    update: async (id, olds, news) => {
      const integrationId = await locate(id, olds);
      if (integrationId === undefined) return { outs: (await make(news, olds.eventSourceName)).outs };
      await finish(integrationId, news);
      return { outs: outputsOf(integrationId, news, olds.eventSourceName) };
    },

    delete: async (id, props) => {
      const integrationId = await locate(id, props);
      if (integrationId === undefined) return;
      const { integrations } = open().api;
      await remove(integrationId, occupied, async () => {
        await integrations.setState(integrationId, { intendedState: "DISABLED" });
        await integrations.delete(integrationId);
      });
    },
  };
};
