import fc from "fast-check";
import type { ResourceProvider } from "../../../../providers/dynamic/provider.ts";
import type { ClientOutputs } from "../../../../providers/genesys/client/client-inputs.ts";
import type { Session } from "../../../../providers/genesys/session.ts";
import type { GenesysOptions } from "../../../../sandbox/genesys/index.ts";
import type { World } from "../../histories/history.ts";
import { startOrganisation } from "../organisation.ts";

export const roleNames = ["CRM Reader", "Queue Viewer"];

/** The rights and the grant type that belong together. */
export const rights = fc.oneof(
  fc.record({
    roles: fc.uniqueArray(
      fc.record(
        {
          role: fc.constantFrom(...roleNames),
          division: fc.constantFrom("*", "Home", "Claims"),
        },
        { requiredKeys: ["role"] },
      ),
      { minLength: 1, maxLength: 3, selector: ({ role, division }) => `${role} ${division ?? "Home"}` },
    ),
  }),
  fc.record({
    authorizedGrantType: fc.constant("CODE" as const),
    scope: fc.uniqueArray(fc.constantFrom("users:readonly", "routing:readonly", "presence"), {
      minLength: 1,
    }),
    registeredRedirectUri: fc.constantFrom(
      ["https://crm.example.com/a"],
      ["https://crm.example.com/b", "http://localhost:8080/c"],
    ),
  }),
);

/** An organisation in which one resource of a kind of OAuth client lives. */
export const startClients = async <Inputs extends { authorizedGrantType?: string | undefined }>(
  create: (session: () => Session) => ResourceProvider<Inputs & object, ClientOutputs>,
  options: GenesysOptions = {},
): Promise<World<Inputs & object, ClientOutputs>> => {
  const { world, faults, session, close } = await startOrganisation({
    roles: roleNames.map((name) => ({ name })),
    divisions: ["Claims"],
    ...options,
  });
  const settle = () => {
    const reads = Math.max(options.lag?.lists ?? 0, options.lag?.gets ?? 0);
    for (let i = 0; i < reads; i += 1) {
      for (const each of [world.clients, world.roles, world.divisions]) each.list();
      const ids = [...world.clients.all().map(({ id }) => id), ...world.deletedClients.keys()];
      for (const id of ids) world.clients.read(id);
    }
  };
  settle();
  const others = new Set(world.clients.all().map(({ id }) => id));
  const byHand = new Set<string>();
  const grant = (name: string) => world.grant(world.roleNamed(name)?.id ?? "", "*");
  return {
    faults,
    close,
    settle,
    host: () => {
      const shared = session();
      return create(() => shared);
    },
    drift: (id, choice) => {
      const client = world.clients.get(id);
      if (client === undefined) return;
      const withRoles = client.authorizedGrantType === "CLIENT-CREDENTIALS";
      const drifts = [
        () => world.deleteClient(id),
        () => world.clients.edit(id, { name: "Renamed by hand" }),
        () => world.clients.edit(id, { description: "Edited by hand" }),
        () => world.clients.edit(id, { accessTokenValiditySeconds: 172_800 }),
        () => world.clients.edit(id, { state: "inactive", dateToDelete: world.inSevenDays() }),
        () => world.clients.edit(id, { state: "disabled" }),
        () =>
          withRoles
            ? world.clients.edit(id, { grants: [grant("Queue Viewer"), grant("Supervisor")] })
            : world.clients.edit(id, { scope: ["conversations"] }),
        () => (withRoles ? world.clients.edit(id, { grants: [] }) : world.deleteClient(id)),
        () => world.clients.edit(id, { registeredRedirectUri: ["https://intruder.example"] }),
      ];
      drifts[choice % drifts.length]?.();
    },
    existing: (inputs) => {
      const authorizedGrantType = inputs.authorizedGrantType ?? "CLIENT-CREDENTIALS";
      const { id } = world.addClient({
        name: "By hand",
        authorizedGrantType,
        ...(authorizedGrantType === "CODE" ? { scope: ["users"] } : { grants: [grant("CRM Reader")] }),
      });
      byHand.add(id);
      return { id, inputs: { ...inputs, adoptId: id } };
    },
    actual: (id, { clientSecret }) => {
      const client = world.clients.get(id);
      return (
        client && {
          clientId: id,
          name: client.name,
          marker: client.description?.split(" ").at(-1),
          accessTokenValiditySeconds: client.accessTokenValiditySeconds,
          authorizedGrantType: client.authorizedGrantType,
          scope: client.scope,
          registeredRedirectUri: client.registeredRedirectUri,
          roleDivisions: client.grants.map(({ roleId, divisionId }) => ({ roleId, divisionId })),
          state: client.state,
          // A client that was adopted has no known secret until it is reset.
          ...(byHand.has(id) && clientSecret === undefined ? {} : { clientSecret: client.secret }),
        }
      );
    },
    living: () =>
      world.clients
        .all()
        // The platform deletes by itself what is inactive and has a date.
        .filter(({ state, dateToDelete }) => state !== "inactive" || dateToDelete === undefined)
        .map(({ id }) => id)
        .filter((id) => !others.has(id)),
  };
};
