import type * as v from "valibot";
import type { DomainOrganizationRole, OAuthClient, OAuthClientRequest } from "../../apis/genesys/api.ts";
import { AmbiguousOutcomeError, RoleNotHeldError } from "../../apis/genesys/errors.ts";
import { canonicalCidr } from "../../core/allowlist/entry.ts";
import { marker } from "../../core/marker.ts";
import { checkInputs, type InputRules } from "../dynamic/check.ts";
import {
  type Comparators,
  changedProperties,
  exact,
  ignored,
  normalised,
  unordered,
} from "../dynamic/diff.ts";
import { PartialFailure } from "../dynamic/partial.ts";
import type { ResourceProvider } from "../dynamic/provider.ts";
import { describeClient, requestBody } from "./client-body.ts";
import type { ClientInputs, ClientOutputs } from "./client-inputs.ts";
import { findStrays, retireStrays, takeOrphan } from "./client-orphans.ts";
import { retireClient } from "./client-retirement.ts";
import { describeRoles, resolveRoles } from "./client-roles.ts";
import { resetSecret } from "./client-secret.ts";
import { NotAdoptableError, OutcomeUnknownError } from "./errors.ts";
import { ifFound } from "./existence.ts";
import { idOf } from "./identity.ts";
import { ownership } from "./ownership.ts";
import { permissionWaitsMilliseconds } from "./patience.ts";
import { type SecretOutputs, secretSink } from "./secret-sink.ts";
import type { Session } from "./session.ts";

/** What sets one kind of OAuth client apart from another. */
export interface ClientKind<Inputs extends object> {
  rules: InputRules<v.ObjectEntries>;
  /** The inputs with what this kind of client has by definition. */
  complete(inputs: Inputs): ClientInputs;
  /** Refuses roles that this kind of client must not have, by throwing. */
  vet?(roles: readonly DomainOrganizationRole[]): void;
}

const comparators: Comparators<ClientInputs> = {
  // Both stand in the marker, which is compared as a whole.
  owner: ignored,
  token: ignored,
  name: exact,
  description: normalised((text) => (text === "" ? undefined : text)),
  authorizedGrantType: exact,
  accessTokenValiditySeconds: exact,
  roles: unordered(),
  scope: unordered(),
  registeredRedirectUri: unordered(),
  state: exact,
  dateToDelete: normalised((date) => (date === undefined ? undefined : Date.parse(String(date)))),
  allowedIps: unordered((entry) => canonicalCidr(String(entry)) ?? entry),
  egress: exact,
  allowlistEnforcement: exact,
  secretSink: exact,
  secretGeneration: exact,
  // Says how the resource came to its client, not what the client is.
  adoptId: ignored,
};

/** The provider of one kind of OAuth client. */
export const createClientProvider = <Inputs extends { owner: string; token: string }>(
  kind: ClientKind<Inputs>,
  session: () => Session,
): ResourceProvider<Inputs, ClientOutputs> => {
  const bodyOf = async (inputs: ClientInputs) => {
    const { roleDivisions, roles } = await resolveRoles(session(), inputs.roles);
    kind.vet?.(roles);
    return requestBody(inputs, roleDivisions);
  };

  /** The outputs of a client that exists; if its secret cannot be had or stored, the state keeps it as unfinished. */
  const finish = async (
    client: OAuthClient,
    inputs: ClientInputs,
    secret: { kept: Partial<SecretOutputs> } | { issue: () => Promise<string> },
    old: Partial<SecretOutputs> = {},
  ): Promise<{ id: string; outs: ClientOutputs }> => {
    const id = idOf(client);
    session().clients.changed(id);
    const outs = describeClient(client, inputs, inputs.roles);
    const { secretGeneration } = inputs;
    if ("kept" in secret) return { id, outs: { ...outs, ...secret.kept, secretGeneration } };
    try {
      const issued = { owner: inputs.owner, clientId: id, secret: await secret.issue() };
      const stored = await secretSink(inputs.secretSink).store(issued);
      return { id, outs: { ...outs, ...stored, secretGeneration } };
    } catch (error) {
      throw new PartialFailure(id, { ...outs, ...old }, [reasonOf(error)], error);
    }
  };

  /**
   * Makes or changes a client, and waits where the platform does not yet know that the caller holds a role which
   * this run gave it.
   */
  const whenHeld = async <T extends object>(
    { roleDivisions = [] }: OAuthClientRequest,
    call: () => Promise<T>,
  ): Promise<T> => {
    const { patience, taken } = session();
    if (!roleDivisions.some(({ roleId }) => taken.has(roleId))) return call();
    let refusal: unknown;
    const done = await patience.until(async () => {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof RoleNotHeldError)) throw error;
        refusal = error;
        return undefined;
      }
    }, permissionWaitsMilliseconds);
    if (done === undefined) throw refusal;
    return done;
  };

  const reset = (client: OAuthClient) => ({ issue: () => resetSecret(session().api, idOf(client)) });

  const adopt = async (inputs: ClientInputs, id: string) => {
    const { api } = session();
    const body = await bodyOf(inputs);
    const found = await ifFound(() => api.oauthClients.get(id));
    if (found === undefined || found.state === "deleted")
      throw new NotAdoptableError(id, "there is no such client", "Correct the id, or remove adoptId.");
    if (found.authorizedGrantType !== inputs.authorizedGrantType)
      throw new NotAdoptableError(
        id,
        `its grant type is ${found.authorizedGrantType}, which cannot change`,
        `Declare authorizedGrantType: "${found.authorizedGrantType}", or remove adoptId to make a new client.`,
      );
    if (ownership(found.description, inputs) === "foreign")
      throw new NotAdoptableError(
        id,
        `its description says that it belongs to another resource: ${found.description}`,
        "Remove that resource with retainOnDelete, take the marker out of the description, and run it again.",
      );
    const client = await whenHeld(body, () => api.oauthClients.update(id, body));
    return finish(client, inputs, inputs.secretGeneration > 0 ? reset(client) : { kept: {} });
  };

  const takeOver = async (inputs: ClientInputs, orphan: OAuthClient) => {
    const body = await bodyOf(inputs);
    const { api } = session();
    const client = await ifFound(() => whenHeld(body, () => api.oauthClients.update(idOf(orphan), body)));
    return client === undefined ? undefined : finish(client, inputs, reset(client));
  };

  const make = async (inputs: ClientInputs) => {
    const { api, clients, patience } = session();
    const body = await bodyOf(inputs);
    try {
      const client = await whenHeld(body, () => api.oauthClients.create(body));
      const { secret } = client;
      return await finish(
        client,
        inputs,
        secret === undefined ? reset(client) : { issue: async () => secret },
      );
    } catch (error) {
      if (!(error instanceof AmbiguousOutcomeError)) throw error;
      const client = await patience.until(async () =>
        (await clients.now()).find((each) => ownership(each.description, inputs) === "ours"),
      );
      // No second create: the first may still come true, and then there would be two.
      if (client === undefined) throw new OutcomeUnknownError(`OAuth client "${inputs.name}"`, error);
      return finish(client, inputs, reset(client));
    }
  };

  return {
    check: async (olds, news) => {
      const { inputs, failures } = checkInputs(kind.rules, news);
      // A replacement is checked without olds, and so gets a token of its own.
      const token = olds.token ?? session().newToken();
      session().claimed.add(token);
      return { inputs: { ...inputs, token } as unknown as Inputs, failures };
    },

    diff: async (_id, olds, news) => {
      const inputs = kind.complete(news);
      const changed = changedProperties(olds, inputs, comparators);
      const isMarked = olds.marker === marker(inputs.owner, inputs.token);
      return {
        changes: changed.length > 0 || !isMarked || (olds.strays ?? []).length > 0,
        replaces: changed.filter((property) => property === "authorizedGrantType"),
      };
    },

    create: async (news) => {
      const inputs = kind.complete(news);
      const orphan = await takeOrphan(session(), inputs);
      if (inputs.adoptId !== undefined) return adopt(inputs, inputs.adoptId);
      const taken = orphan === undefined ? undefined : await takeOver(inputs, orphan);
      return taken ?? make(inputs);
    },

    read: async (id, props) => {
      const { api, clients } = session();
      const client = (await clients.listed(id)) ?? (await ifFound(() => api.oauthClients.get(id)));
      if (client === undefined || client.state === "deleted") return {};
      const roles = await describeRoles(session(), client.roleDivisions ?? [], props.roles);
      const strays = await findStrays(session(), props, id);
      const { clientSecret, secretFingerprint, secretGeneration } = props;
      const outs = {
        ...describeClient(client, props, roles.length === 0 ? undefined : roles),
        ...(clientSecret === undefined ? {} : { clientSecret }),
        ...(secretFingerprint === undefined ? {} : { secretFingerprint }),
        ...(secretGeneration === undefined ? {} : { secretGeneration }),
        ...(strays.length === 0 ? {} : { strays }),
      };
      const declared = [...Object.keys(kind.rules.entries), "token"];
      const inputs = Object.fromEntries(Object.entries(outs).filter(([key]) => declared.includes(key)));
      return { id, props: outs, inputs: inputs as unknown as Inputs };
    },

    update: async (id, olds, news) => {
      const inputs = kind.complete(news);
      const body = await bodyOf(inputs);
      const client = await whenHeld(body, () => session().api.oauthClients.update(id, body));
      if ((olds.strays ?? []).length > 0) await retireStrays(session(), inputs, id);
      const { clientSecret, secretFingerprint, secretGeneration } = olds;
      const old = {
        ...(clientSecret === undefined ? {} : { clientSecret }),
        ...(secretFingerprint === undefined ? {} : { secretFingerprint }),
      };
      const isDue = secretGeneration === undefined || inputs.secretGeneration > secretGeneration;
      const { outs } = await finish(client, inputs, isDue ? reset(client) : { kept: old }, old);
      return { outs };
    },

    delete: (id, props) => retireClient(session(), id, props),
  };
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
