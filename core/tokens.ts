/**
 * The type tokens under which the engine knows our resources. A token is part of every URN: changing one
 * needs an alias, or the resource is replaced.
 */
const dynamicToken = <const M extends string, const T extends string>(module: M, type: T) =>
  `pulumi-nodejs:dynamic/${module}:${type}` as const;

export const tokens = {
  oauthClient: dynamicToken("genesys", "OauthClient"),
  rotatedClient: dynamicToken("genesys", "RotatedClient"),
  decoyClient: dynamicToken("genesys", "DecoyClient"),
  role: dynamicToken("genesys", "Role"),
  trapUser: dynamicToken("genesys", "TrapUser"),
  trapQueue: dynamicToken("genesys", "TrapQueue"),
  eventSubscription: dynamicToken("genesys", "EventSubscription"),
  ipAllowlist: dynamicToken("genesys", "IpAllowlist"),
  dataActionCredential: dynamicToken("genesys", "DataActionCredential"),
  secretPattern: dynamicToken("github", "SecretPattern"),
  pushProtection: dynamicToken("github", "PushProtection"),
  repositoryScanning: dynamicToken("github", "RepositoryScanning"),
} as const;

export type ResourceKind = keyof typeof tokens;
