import type { components } from "@octokit/openapi-types";
import type { Call } from "../http/call.ts";
import { incomplete } from "./incomplete.ts";
import type { GithubLeakApi, LeakCommit } from "./leak-api.ts";
import { repositoryParams } from "./repository.ts";
import type { Session } from "./session.ts";

type WireCommit = components["schemas"]["commit"];

/** GitHub's word for an author that belongs to no account is null, or an object without a login. */
const loginOf = (user: WireCommit["author"]): string | undefined =>
  user !== null && user !== undefined && "login" in user ? String(user.login) : undefined;

/** The committer's time: a rebase or a cherry-pick makes a new commit, and keeps the author's time. */
const timeOf = ({ committer, author }: WireCommit["commit"]): number =>
  Date.parse(committer?.date ?? author?.date ?? "");

const commitOf = (wire: WireCommit, call: Call): LeakCommit => {
  const committedAt = timeOf(wire.commit);
  if (Number.isNaN(committedAt)) throw incomplete(call, "date");
  const login = loginOf(wire.author);
  const email = wire.commit.author?.email;
  return {
    sha: wire.sha,
    committedAt,
    ...(login === undefined ? {} : { login }),
    ...(email === undefined ? {} : { email }),
    files: (wire.files ?? []).flatMap(({ filename, sha, status }) =>
      sha === null || status === "removed" ? [] : [{ path: filename, blobSha: sha }],
    ),
  };
};

/**
 * Files and commits as they were, whatever became of them since.
 * https://docs.github.com/en/rest/git/blobs and https://docs.github.com/en/rest/commits/commits
 */
export const history = (session: Session): Pick<GithubLeakApi, "blob" | "commit"> => ({
  blob: async (repository, sha, maximumBytes) => {
    const { body } = await session.call({
      method: "GET",
      route: "/repos/{owner}/{repo}/git/blobs/{file_sha}",
      params: { ...repositoryParams(repository), file_sha: sha },
      object: `blob ${sha} of repository ${repository}`,
      mostBytes: maximumBytes,
    });
    return body as Uint8Array;
  },
  commit: async (repository, sha) => {
    const call: Call = {
      method: "GET",
      route: "/repos/{owner}/{repo}/commits/{ref}",
      params: { ...repositoryParams(repository), ref: sha },
      // The first page of a large commit: 300 files.
      object: `commit ${sha} of repository ${repository}`,
    };
    const wire = ((await session.call(call)).body ?? {}) as Partial<WireCommit>;
    if (wire.sha === undefined || wire.commit === undefined) throw incomplete(call, "commit");
    return commitOf(wire as WireCommit, call);
  },
});
