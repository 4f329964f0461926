/**
 * Blobs and commits.
 *
 * - verified (https://docs.github.com/en/rest/git/blobs): base64 or, by media type, the bytes; no blob beyond 100 MB.
 * - verified (https://docs.github.com/en/rest/commits/commits#get-a-commit): 300 files a page, an unknown commit is 422.
 * - assumed: a blob that is too large is 403 with the code `too_large`, as the contents API has it.
 */
import type { components } from "@octokit/openapi-types";
import type { SimulatedRequest, SimulatedResponse } from "../http/server.ts";
import { invalidFields, notFound, Refusal } from "./answers.ts";
import type { Endpoint, Family } from "./family.ts";
import { pageOf } from "./paging.ts";
import { actor, nodeId } from "./people.ts";
import { apiUrl, siteUrl } from "./places.ts";
import type { ChangedFile, Commit, Repository } from "./repositories.ts";
import { iso } from "./times.ts";
import type { World } from "./world.ts";

type Schemas = components["schemas"];

const filesOfAPage = 300;

const fileOf = (repository: Repository, commit: Commit, file: ChangedFile): Schemas["diff-entry"] => {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const bytes = repository.blob(file.blobSha) ?? new Uint8Array();
  const lines = Buffer.from(bytes).toString("latin1").split("\n").length;
  return {
    sha: file.blobSha,
    filename: file.path,
    status: file.status,
    additions: lines,
    deletions: 0,
    changes: lines,
    blob_url: `${siteUrl}/${repository.fullName}/blob/${commit.sha}/${path}`,
    raw_url: `${siteUrl}/${repository.fullName}/raw/${commit.sha}/${path}`,
    contents_url: `${apiUrl}/repos/${repository.fullName}/contents/${path}?ref=${commit.sha}`,
  };
};

const commitOf = (
  repository: Repository,
  commit: Commit,
  files: Schemas["diff-entry"][],
): Schemas["commit"] => {
  const url = `${apiUrl}/repos/${repository.fullName}`;
  const { name, email, login } = commit.author;
  const person = login === undefined ? null : actor(login);
  return {
    url: `${url}/commits/${commit.sha}`,
    sha: commit.sha,
    node_id: nodeId("Commit", repository.id),
    html_url: `${siteUrl}/${repository.fullName}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    commit: {
      url: `${url}/git/commits/${commit.sha}`,
      author: { name, email, date: iso(commit.authoredAt) },
      committer: { name, email, date: iso(commit.committedAt) },
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.sha, url: `${url}/git/trees/${commit.sha}` },
    },
    author: person,
    committer: person,
    parents:
      commit.parent === undefined ? [] : [{ sha: commit.parent, url: `${url}/commits/${commit.parent}` }],
    files,
  };
};

/** https://docs.github.com/en/rest/git/blobs and https://docs.github.com/en/rest/commits/commits */
export const gitData = (world: World, largestBlob: number): Family => {
  const repositoryAt = ({ params }: SimulatedRequest): Repository => {
    const repository = world.repository(`${params.owner}/${params.repo}`);
    if (repository === undefined) throw notFound();
    return repository;
  };

  const blob = (request: SimulatedRequest): SimulatedResponse => {
    const repository = repositoryAt(request);
    const sha = request.params.file_sha ?? "";
    const bytes = repository.blob(sha);
    if (bytes === undefined) throw notFound();
    if (bytes.byteLength > largestBlob)
      throw new Refusal(403, "This API returns blobs up to 100 MB in size.", {
        body: { errors: [{ resource: "Blob", field: "data", code: "too_large" }] },
      });
    if (request.headers.accept?.includes(".raw"))
      return {
        status: 200,
        bytes,
        headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" },
      };
    const body: Schemas["blob"] = {
      sha,
      node_id: nodeId("Blob", repository.id),
      size: bytes.byteLength,
      url: `${apiUrl}/repos/${repository.fullName}/git/blobs/${sha}`,
      content: Buffer.from(bytes).toString("base64").replaceAll(/.{60}/g, "$&\n"),
      encoding: "base64",
    };
    return { status: 200, body };
  };

  const commit = (request: SimulatedRequest): SimulatedResponse => {
    const repository = repositoryAt(request);
    const sha = request.params.ref ?? "";
    const found = repository.commit(sha);
    if (found === undefined)
      throw invalidFields([
        { resource: "Commit", field: "sha", code: "custom", message: `No commit found for SHA: ${sha}` },
      ]);
    const show = (file: ChangedFile) => fileOf(repository, found, file);
    const page = pageOf(found.files, request, show, filesOfAPage);
    return { ...page, body: commitOf(repository, found, page.body as Schemas["diff-entry"][]) };
  };

  const endpoint = (answer: Endpoint["answer"]): Endpoint => ({
    needs: "read",
    permission: "contents",
    needsNoScanning: true,
    answer,
  });
  return {
    "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": endpoint(blob),
    "GET /repos/{owner}/{repo}/commits/{ref}": endpoint(commit),
  };
};
