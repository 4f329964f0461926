import type { components } from "@octokit/openapi-types";
import * as v from "valibot";
import type { SimulatedRequest, SimulatedResponse } from "../http/server.ts";
import type { Access } from "./access.ts";
import { Refusal } from "./answers.ts";
import type { AppPermissions, Apps } from "./apps.ts";
import { bodyOf } from "./body.ts";
import { iso } from "./times.ts";

const tokenBody = v.object({
  permissions: v.optional(v.record(v.string(), v.picklist(["read", "write"]))),
  repositories: v.optional(v.array(v.string())),
});

/** `write` holds `read`. */
const isWithin = (asked: AppPermissions, granted: AppPermissions): boolean =>
  Object.entries(asked).every(
    ([name, level]) => granted[name] === "write" || (granted[name] !== undefined && granted[name] === level),
  );

const hour = 3_600_000;

/** `POST /app/installations/{installation_id}/access_tokens` */
export const createInstallationToken =
  (apps: Apps, access: Access, now: () => number) =>
  (request: SimulatedRequest): SimulatedResponse => {
    const installation = apps.authenticate(
      request.headers.authorization,
      Number(request.params.installation_id),
    );
    const asked = request.text === "" ? {} : bodyOf(request, tokenBody);
    const { permissions = installation.permissions, repositories = installation.repositories } = asked;
    if (!isWithin(permissions, installation.permissions))
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
    const seen = installation.repositories;
    if (seen !== undefined && repositories?.some((name) => !seen.includes(name)))
      throw new Refusal(
        422,
        "There is at least one repository that does not exist or is not accessible to the parent installation.",
      );
    const expiresAt = now() + hour;
    const token = access.issueInstallationToken({ installation, permissions, repositories, expiresAt });
    const body: Schemas["installation-token"] = {
      token,
      expires_at: iso(expiresAt),
      permissions,
      repository_selection: repositories === undefined ? "all" : "selected",
    };
    return { status: 201, body };
  };

type Schemas = components["schemas"];
