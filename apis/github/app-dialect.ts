import type { Answer } from "../http/call.ts";
import type { Dialect } from "../http/client.ts";
import {
  InvalidCredentialsError,
  InvalidRequestError,
  MissingPermissionError,
  NotFoundError,
  TooLargeError,
} from "../http/errors.ts";
import { acceptedPermissions, githubDialect } from "./dialect.ts";

/** GitHub's word for a blob beyond 100 MB. */
const saysTooLarge = ({ body }: Answer): boolean => JSON.stringify(body ?? null).includes('"too_large"');

/**
 * Answers to a read by which GitHub says that there is nothing to read: an unknown commit (422), an empty repository
 * (409), one that was renamed (301), deleted (404, 410) or taken down (451).
 */
const nothingThere = [301, 302, 307, 308, 404, 409, 410, 422, 451];

/** Where installation tokens are made; asking for a permission that the App was not given is 422 there. */
export const tokenRoute = "/app/installations/{installation_id}/access_tokens";

/** GitHub as an App meets it: the same language as for tokens, other remedies. */
export const appDialect: Dialect = {
  ...githubDialect,
  toError: (failure, answer) => {
    const { status } = answer;
    if (saysTooLarge(answer)) return new TooLargeError(failure);
    if (status === 401) {
      return new InvalidCredentialsError(
        failure,
        "Check the App's id and private key, that the key was not deleted in the App's settings, and that this machine's clock is right.",
      );
    }
    if (status === 403 || (status === 422 && failure.route === tokenRoute)) {
      return new MissingPermissionError(
        failure,
        acceptedPermissions(answer),
        "Grant it to the App and have an owner of the organisation accept the change; where the dismissal of alerts is delegated, a reviewer closes the alert by hand.",
      );
    }
    if (status === 404 || (failure.method === "GET" && nothingThere.includes(status))) {
      return new NotFoundError(
        failure,
        "It may be deleted, moved or renamed; GitHub says so too where the App is not installed on the repository, lacks a permission, or secret scanning is off.",
      );
    }
    // Most of its conflicts and preconditions are of custom patterns, which no App of ours writes.
    return status === 409 || status === 412
      ? new InvalidRequestError(failure)
      : githubDialect.toError(failure, answer);
  },
};
