import type * as v from "valibot";
import type { DomainOrganizationRole } from "../../../apis/genesys/api.ts";
import { marker } from "../../../core/marker.ts";
import { checkInputs, type InputRules } from "../../dynamic/check.ts";
import { changedProperties, exact } from "../../dynamic/diff.ts";
import { present } from "../../dynamic/present.ts";
import type { ResourceProvider } from "../../dynamic/provider.ts";
import { ifFound } from "../existence.ts";
import type { Session } from "../session.ts";
import { describeClient, requestBody } from "./client-body.ts";
import { clientComparators } from "./client-comparators.ts";
import type { ClientInputs, ClientOutputs } from "./client-inputs.ts";
import {
  adoptClient,
  changeClient,
  finishOrphan,
  issueSecret,
  keepSecret,
  type Making,
  makeClient,
  moveSecret,
} from "./client-making.ts";
import { findStrays, retireStrays, takeOrphan } from "./client-orphans.ts";
import { retireClient } from "./client-retirement.ts";
import { describeRoles, resolveRoles } from "./client-roles.ts";
import type { SecretOutputs } from "./secret-sink.ts";

/** What sets one kind of OAuth client apart from another. */
export interface ClientKind<Inputs extends object> {
  rules: InputRules<v.ObjectEntries>;
  /** The inputs with what this kind of client has by definition. */
  complete(inputs: Inputs): ClientInputs;
  /** Refuses roles that this kind of client must not have, by throwing. */
  vet?(roles: readonly DomainOrganizationRole[]): void;
}

/** The provider of one kind of OAuth client. */
export const createClientProvider = <Inputs extends { owner: string; token: string }>(
  kind: ClientKind<Inputs>,
  session: () => Session,
): ResourceProvider<Inputs, ClientOutputs> => {
  const prepare = async (inputs: ClientInputs): Promise<Making> => {
    const { roleDivisions, roles } = await resolveRoles(session(), inputs.roles);
    kind.vet?.(roles);
    // Needed to store the secret: what is missing is said before a client is made.
    if (inputs.secretSink.kind === "secretsManager") session().region();
    return { session: session(), inputs, body: requestBody(inputs, roleDivisions) };
  };

  return {
    check: async (olds, news) => {
      const { inputs, failures } = checkInputs(kind.rules, news);
      // A replacement is checked without olds, and so gets a token of its own.
      const token = olds.token ?? session().newToken();
      session().claimed.add(token);
      // The kind's rules and its inputs are two readings of one schema, which their types cannot say.
      return { inputs: { ...inputs, token } as unknown as Inputs, failures };
    },

    diff: async (_id, olds, news) => {
      const inputs = kind.complete(news);
      const changed = changedProperties(olds, inputs, clientComparators);
      const isMarked = olds.marker === marker(inputs.owner, inputs.token);
      return {
        changes: changed.length > 0 || !isMarked || olds.strays !== undefined,
        replaces: changed.filter((property) => property === "authorizedGrantType"),
      };
    },

    create: async (news) => {
      const inputs = kind.complete(news);
      const making = await prepare(inputs);
      const orphan = await takeOrphan(session(), inputs);
      if (inputs.adoptId !== undefined) return adoptClient(making, inputs.adoptId);
      const finished = orphan && (await finishOrphan(making, orphan));
      return finished ?? makeClient(making);
    },

    read: async (id, props) => {
      const { api, clients } = session();
      const client = (await clients.listed(id)) ?? (await ifFound(() => api.oauthClients.get(id)));
      if (client === undefined || client.state === "deleted") return {};
      const roles = await describeRoles(session(), client.roleDivisions ?? [], props.roles);
      const strays = await findStrays(session(), props, id);
      const { secretGeneration } = props;
      const outs = present({
        ...describeClient(client, props, roles.length === 0 ? undefined : roles),
        ...secretOf(props),
        secretGeneration,
        strays: strays.length === 0 ? undefined : strays,
      }) as ClientOutputs;
      const declared = [...Object.keys(kind.rules.entries), "token"];
      const inputs = Object.fromEntries(Object.entries(outs).filter(([key]) => declared.includes(key)));
      return { id, props: outs, inputs: inputs as unknown as Inputs };
    },

    update: async (id, olds, news) => {
      const making = await prepare(kind.complete(news));
      const { inputs } = making;
      const client = await changeClient(making, id);
      if (olds.strays !== undefined) await retireStrays(session(), inputs, id);
      const { secretGeneration } = olds;
      const isDue = secretGeneration === undefined || inputs.secretGeneration > secretGeneration;
      const had = secretOf(olds);
      if (isDue) return issueSecret(making, client, undefined, had);
      const isMoved = !exact(olds.secretSink, inputs.secretSink);
      return isMoved ? moveSecret(making, client, olds, had) : keepSecret(making, client, had);
    },

    delete: (id, props) => retireClient(session(), id, props),
  };
};

/** What the state holds of the secret; the platform never tells. */
const secretOf = ({
  clientSecret,
  secretFingerprint,
  secretArn,
  secretVersionId,
}: ClientOutputs): Partial<SecretOutputs> =>
  present({ clientSecret, secretFingerprint, secretArn, secretVersionId });
