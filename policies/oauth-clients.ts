import { decoyLifetimeSeconds } from "../core/decoy/lifetime.ts";
import { tokenLifetimeSeconds } from "../core/lifetimes.ts";
import { tokens } from "../core/tokens.ts";
import { type Inputs, property, text } from "./inputs.ts";
import { texts, textsByName } from "./settings.ts";
import { bridged } from "./tokens.ts";

/** An OAuth client, whoever declared it: what policies judge. */
export interface OauthClient {
  readonly decoy: boolean;
  /** Such as `The decoy client "legacy-crm-sync"`. */
  readonly title: string;
  readonly inputs: Inputs;
  /** Seconds that its tokens live if it does not say. */
  readonly defaultLifetime: number;
  /** Name of the input that holds its scopes. */
  readonly scopeField: "scope" | "scopes";
  /** The addresses from which it may be used, as declared; may throw on an unknown value. */
  readonly allowlist: () => unknown;
  /** Where the addresses are declared, for messages. */
  readonly allowlistField: string;
}

/** What a policy is told about clients of the bridged Terraform provider, which has no field for either. */
export const bridgeSettings = {
  bridgedDecoys: texts("Resource names of the genesyscloud.OauthClient resources that are decoys."),
  bridgedAllowlists: textsByName("Allowlist of each genesyscloud.OauthClient resource, by resource name."),
} as const;

interface Declaration {
  bridgedDecoys: readonly string[];
  bridgedAllowlists?: Readonly<Record<string, readonly string[]>>;
}

interface Registered {
  type: string;
  name: string;
  props: Inputs;
}

type Kind = Omit<OauthClient, "title" | "inputs">;

const own =
  (decoy: boolean) =>
  (resource: Registered): Kind => ({
    decoy,
    defaultLifetime: decoy ? decoyLifetimeSeconds.default : tokenLifetimeSeconds.default,
    scopeField: "scope",
    allowlist: () => property(resource.props, "allowedIps"),
    allowlistField: "allowedIps",
  });

/** Every type under which a program registers an OAuth client. */
const oauthClientKinds = new Map<string, (resource: Registered, declaration: Declaration) => Kind>([
  [tokens.oauthClient, own(false)],
  [tokens.rotatedClient, own(false)],
  [tokens.decoyClient, own(true)],
  [
    bridged.oauthClient,
    ({ name }, { bridgedDecoys, bridgedAllowlists = {} }) => ({
      decoy: bridgedDecoys.includes(name),
      defaultLifetime: tokenLifetimeSeconds.default,
      scopeField: "scopes",
      allowlist: () => property(bridgedAllowlists, name),
      allowlistField: `bridgedAllowlists["${name}"] of the policy's configuration`,
    }),
  ],
]);

/** The resource as an OAuth client; undefined if it is none. */
export const oauthClientOf = (resource: Registered, declaration: Declaration): OauthClient | undefined => {
  const client = oauthClientKinds.get(resource.type)?.(resource, declaration);
  return (
    client && {
      ...client,
      title: `The ${client.decoy ? "decoy" : "OAuth"} client "${resource.name}"`,
      inputs: resource.props,
    }
  );
};

/** How long the client's tokens live, in seconds; undefined if what it says is no number. */
export const lifetimeSeconds = ({ inputs, defaultLifetime }: OauthClient): number | undefined => {
  const value = property(inputs, "accessTokenValiditySeconds") ?? defaultLifetime;
  return typeof value === "number" ? value : undefined;
};

/** The name of a role in a role assignment; undefined where it is given by id. */
export const roleName = (assignment: unknown): string | undefined => text(property(assignment, "role"));
