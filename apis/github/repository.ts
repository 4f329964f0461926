/** The parts of `owner/name`, as routes take them. @throws TypeError for anything else */
export const repositoryParams = (repository: string): { owner: string; repo: string } => {
  const [owner = "", repo = "", ...rest] = repository.split("/");
  if (owner === "" || repo === "" || rest.length > 0) {
    throw new TypeError(`"${repository}" is no repository: it must be OWNER/NAME`);
  }
  return { owner, repo };
};
