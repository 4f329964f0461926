/**
 * For `guard --bind github=sandbox/bindings/github-host.ts`: webhooks of an organisation are made through GitHub's REST
 * API, as the plugin does it; what else the program has there is recorded, as `host.ts` does.
 *
 * State of 2026-11-21, @pulumi/github 6.15 (https://github.com/integrations/terraform-provider-github 6.13,
 * github/resource_github_organization_webhook.go).
 * - Verified: the call's bodies; a webhook's id is its number; the secret that is read back is asterisks, so that the
 *   one in the state is kept; a webhook that has gone is forgotten.
 * - Gaps: `etag` is empty.
 */
import type { BoundProvider } from "../../engine/hosts/binding.ts";
import type { ResourceHost } from "../../engine/hosts/resource-host.ts";
import type { PropertyMap } from "../../engine/model/property.ts";
import { urnType } from "../../engine/wire/urn.ts";
import { mapWithoutSecrets } from "../../engine/wire/values.ts";
import { createHost as createRecordingHost } from "./host.ts";
import { map, optionalText } from "./inputs.ts";

const hookType = "github:index/organizationWebhook:OrganizationWebhook";

/** What is replaced with its provider: the organisation. */
export const providerReplaceKeys = ["owner"];

const bodyOf = (inputs: PropertyMap) => {
  const { active, events, configuration } = mapWithoutSecrets(inputs);
  const { url, secret, contentType, insecureSsl } = map(configuration);
  return {
    name: "web",
    active: active !== false,
    events,
    config: {
      url,
      secret,
      content_type: contentType ?? "form",
      insecure_ssl: insecureSsl === true ? "1" : "0",
    },
  };
};

export const createHost = (provider: BoundProvider): ResourceHost => {
  const recording = createRecordingHost(provider);
  const { config, environment } = provider;
  const owner = optionalText(mapWithoutSecrets(config), "owner") ?? environment.GITHUB_OWNER ?? "";
  const base = environment.GITHUB_API_URL ?? "";
  const hooks = `${base}/orgs/${owner}/hooks`;

  const call = async (
    method: string,
    url: string,
    body?: object,
  ): Promise<Record<string, unknown> | undefined> => {
    const response = await fetch(url, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${environment.GITHUB_TOKEN ?? ""}`,
        "content-type": "application/json",
        "user-agent": "sandbox",
        connection: "close",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
    return text === "" ? {} : JSON.parse(text);
  };

  const outputsOf = (inputs: PropertyMap): PropertyMap => ({ ...inputs, etag: "", url: hooks });

  return {
    ...recording,
    create: async (request) => {
      const { urn, inputs, preview } = request;
      if (preview || urnType(urn) !== hookType) return recording.create(request);
      const made = await call("POST", hooks, bodyOf(inputs));
      if (made === undefined) throw new Error(`POST ${hooks}: 404, there is no organisation ${owner}`);
      return { id: String(made.id), outputs: outputsOf(inputs) };
    },
    update: async (request) => {
      const { urn, id, newInputs, preview } = request;
      if (preview || urnType(urn) !== hookType) return recording.update(request);
      const changed = await call("PATCH", `${hooks}/${id}`, bodyOf(newInputs));
      if (changed === undefined) throw new Error(`PATCH ${hooks}/${id}: 404, the webhook has gone`);
      return { outputs: outputsOf(newInputs) };
    },
    read: async (request) => {
      const { urn, id, inputs, outputs } = request;
      if (urnType(urn) !== hookType) return recording.read(request);
      const found = await call("GET", `${hooks}/${id}`);
      if (found === undefined) return undefined;
      const now = { active: found.active === true, events: found.events as string[] };
      return { id, inputs: { ...inputs, ...now }, outputs: { ...outputs, ...now }, initErrors: [] };
    },
    delete: async (request) => {
      const { urn, id } = request;
      if (urnType(urn) !== hookType) return recording.delete(request);
      await call("DELETE", `${hooks}/${id}`);
    },
  };
};
