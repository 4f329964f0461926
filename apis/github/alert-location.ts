import type { components } from "@octokit/openapi-types";
import type { AlertLocation } from "./leak-api.ts";

type Details = Partial<components["schemas"]["secret-scanning-location-commit"]>;

/** The first location of an alert comes without its type: its fields tell it, such as `issue_body_url`. */
const typeOf = (details: object): string => {
  // A commit of a wiki has the fields of a commit, and the page.
  if ("page_url" in details) return "wiki_commit";
  if ("commit_sha" in details) return "commit";
  const [field = "unknown"] = Object.keys(details);
  return field.replace(/_url$/, "");
};

/** `type` is left out for the first location that an alert itself names. */
export const alertLocation = (details: object, type = typeOf(details)): AlertLocation => {
  const { path, start_line, end_line, start_column, end_column, blob_sha, commit_sha }: Details = details;
  const isPlace =
    type === "commit" &&
    path !== undefined &&
    start_line !== undefined &&
    end_line !== undefined &&
    start_column !== undefined &&
    end_column !== undefined &&
    blob_sha !== undefined &&
    commit_sha !== undefined;
  if (!isPlace) return { type };
  return {
    type,
    commit: {
      path,
      startLine: start_line,
      endLine: end_line,
      startColumn: start_column,
      endColumn: end_column,
      blobSha: blob_sha,
      commitSha: commit_sha,
    },
  };
};
