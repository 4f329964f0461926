import type { DraftConfig } from "./cross-problems.ts";
import type { LeakConfig } from "./leak-schema.ts";
import type { Problem } from "./problems.ts";
import { isRepositoryOf, repositoryName } from "./repositories.ts";

/** Items that an earlier one says already, once case is set aside. */
const repeated = (path: string, items: readonly string[]): Problem[] =>
  items.flatMap((item, index) => {
    const first = items.findIndex((each) => each.toLowerCase() === item.toLowerCase());
    return first === index
      ? []
      : [{ path: `${path}[${index}]`, reason: `"${item}" is already at ${path}[${first}]` }];
  });

const protectedProblems = ({ clients }: DraftConfig, { protectedClients }: LeakConfig): Problem[] => {
  // A client that could not be read may be the one that is meant.
  const unknown = clients.includes(undefined)
    ? []
    : protectedClients.flatMap((id, index) =>
        clients.some((client) => client?.id === id)
          ? []
          : [{ path: `leak.protectedClients[${index}]`, reason: `"${id}" is no client of this stack` }],
      );
  return [...unknown, ...repeated("leak.protectedClients", protectedClients)];
};

const repositoryProblems = (
  { repositories, reviewTeamId, scanWorkflow, deployAppId }: LeakConfig,
  organization: string | undefined,
): Problem[] => {
  const needed = { reviewTeamId, scanWorkflow };
  if (repositories.length === 0) {
    return Object.entries({ ...needed, deployAppId }).flatMap(([key, value]) =>
      value === undefined
        ? []
        : [
            {
              path: `leak.${key}`,
              reason: "has no effect without leak.repositories; name them, or take it out",
            },
          ],
    );
  }
  const missing = Object.entries(needed).flatMap(([key, value]) =>
    value === undefined ? [{ path: `leak.${key}`, reason: "is missing; leak.repositories need it" }] : [],
  );
  const foreign = repositories.flatMap((repository, index) =>
    organization === undefined || isRepositoryOf(organization, repository)
      ? []
      : [
          {
            path: `leak.repositories[${index}]`,
            reason: `"${repository}" is no repository of ${organization}, the organisation of secretScanning`,
          },
        ],
  );
  return [...missing, ...foreign, ...repeated("leak.repositories", repositories.map(repositoryName))];
};

/**
 * What `revoke` may do grows with every client: a role holds 10,240 characters of inline policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const mostClients = 55;

/**
 * A provider of the program's own would write the token of the environment into the state; the default one takes the
 * organisation from the configuration, and the token stays where it is.
 */
const ownerProblems = (organization: string | undefined, owner: string | undefined): Problem[] => {
  if (organization === undefined || owner?.toLowerCase() === organization.toLowerCase()) return [];
  const reason =
    owner === undefined
      ? "is missing; leak needs it for GitHub's plugin, as secretScanning.organization has it"
      : `is "${owner}", but secretScanning.organization is "${organization}"`;
  return [{ path: "github:owner", reason }];
};

/** What is wrong between the answer to leaks and the rest of the stack. */
export const leakProblems = (config: DraftConfig, leak: LeakConfig): Problem[] => {
  const { secretScanning } = config;
  const organization = secretScanning?.organization;
  return [
    ...(secretScanning !== undefined && organization === undefined
      ? [{ path: "leak", reason: "needs secretScanning.organization: the webhook is the organisation's" }]
      : []),
    ...(config.clients.length > mostClients
      ? [
          {
            path: "clients",
            reason: `are ${config.clients.length}; the policy of the function that answers leaks has room for ${mostClients}, so make another stack for the rest`,
          },
        ]
      : []),
    ...ownerProblems(organization, config.githubOwner),
    ...protectedProblems(config, leak),
    ...repositoryProblems(leak, organization),
  ];
};
