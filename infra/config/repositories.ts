/** `NAME` of `NAME` or `OWNER/NAME`. */
export const repositoryName = (repository: string): string => repository.split("/").at(-1) ?? "";

/** Names on GitHub ignore case. */
export const isRepositoryOf = (organization: string, repository: string): boolean =>
  !repository.includes("/") || repository.split("/")[0]?.toLowerCase() === organization.toLowerCase();
