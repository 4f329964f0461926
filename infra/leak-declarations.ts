import type { DecoyClient, OauthClient, SecretPattern } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import type { LeakDeclarations } from "../core/leak/declarations.ts";
import type { LeakConfig } from "./config/leak-schema.ts";
import type { ClientConfig } from "./config/schema.ts";
import { secretNameOf } from "./secret-names.ts";

/** What the stack knows of itself that the answer to a leak needs. */
export interface LeakSources {
  organization: string;
  leak: LeakConfig;
  clients: readonly ClientConfig[];
  /** The resources, by logical id; of clients those that are not rotated. */
  declared: ReadonlyMap<string, OauthClient>;
  decoys: ReadonlyMap<string, DecoyClient>;
  patterns: ReadonlyMap<string, SecretPattern>;
  secretArn(id: string): pulumi.Input<string>;
}

const each = <T, U>(
  map: ReadonlyMap<string, T>,
  describe: (id: string, value: T) => pulumi.Output<U>,
): pulumi.Output<U[]> =>
  pulumi.all([...map].map(([id, value]) => describe(id, value))).apply((all) => all as U[]);

/** What the functions know of the stack, as the text of `leak.json`. Nothing in it is secret. */
export const leakDeclarations = (
  { organization, leak, clients, declared, decoys, patterns, secretArn }: LeakSources,
  hookId?: pulumi.Input<string>,
): pulumi.Output<string> => {
  const { mode, hourlyCap, backfillAgeSeconds, backfill, unmanagedClients, replaceDeadlineSeconds } = leak;
  return pulumi
    .all([
      hookId,
      each(patterns, (id, { name, slug }) =>
        pulumi.all([name, slug]).apply(([known, short]) => ({ id, name: known, slug: short })),
      ),
      each(declared, (id, { clientId }) =>
        pulumi
          .all([clientId, secretArn(id)])
          .apply(([client, arn]) => ({ id, clientId: client, secretArn: arn })),
      ),
      each(decoys, (id, { clientId }) => clientId.apply((client) => ({ id, clientId: client }))),
    ])
    .apply(([hook, ofPatterns, ofClients, ofDecoys]) =>
      JSON.stringify({
        organization,
        ...(hook !== undefined && { hookId: Number(hook) }),
        patterns: ofPatterns,
        clients: ofClients,
        decoys: ofDecoys,
        protectedIds: leak.protectedClients,
        secretNames: Object.fromEntries(clients.map((client) => [client.id, secretNameOf(client)])),
        settings: { mode, hourlyCap, backfillAgeSeconds, backfill, unmanagedClients, replaceDeadlineSeconds },
        slack: leak.slack,
        ...(leak.runbookUrl !== undefined && { runbookUrl: leak.runbookUrl }),
      } satisfies LeakDeclarations),
    );
};
