import type { components } from "@octokit/openapi-types";
import type { SimulatedResponse } from "../http/server.ts";

type BasicError = components["schemas"]["basic-error"];
type ValidationError = components["schemas"]["validation-error"];
export type FieldError = NonNullable<ValidationError["errors"]>[number];

const documentation = "https://docs.github.com/rest/secret-scanning/custom-patterns";

/** GitHub's error body: `status` is the number as text. */
export const basicError = (status: number, message: string): BasicError => ({
  message,
  documentation_url: documentation,
  status: String(status),
});

/** An answer that refuses. Thrown by whoever finds the reason, sent by the edge. */
export class Refusal extends Error {
  readonly response: SimulatedResponse;

  constructor(
    status: number,
    message: string,
    extra: { body?: object; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.response = {
      status,
      body: { ...basicError(status, message), ...extra.body },
      ...(extra.headers && { headers: extra.headers }),
    };
  }
}

/** GitHub answers 404 to who may not see a thing, as if it did not exist. */
export const notFound = (): Refusal => new Refusal(404, "Not Found");

export const versionMismatch = (status: 409 | 412, what: string): Refusal =>
  new Refusal(status, `The ${what} version does not match the current version.`);

export const invalidFields = (errors: FieldError[]): Refusal =>
  new Refusal(422, "Validation Failed", { body: { errors } });

export const invalidRequest = (detail: string): Refusal => new Refusal(422, `Invalid request.\n\n${detail}`);
