import type { SimulatedRequest } from "../http/responder.ts";
import { badRequest, invalidValue, requiredField, unsupportedMediaType } from "./errors.ts";
import type { ApiCall } from "./platform.ts";

/** The body of a call, read field by field. Null is taken for absent, as the platform's Java does. */
export class Fields {
  readonly #body: Record<string, unknown>;

  constructor(body: Record<string, unknown>) {
    this.#body = body;
  }

  has(name: string): boolean {
    return this.#body[name] !== undefined && this.#body[name] !== null;
  }

  raw(name: string): unknown {
    return this.#body[name] ?? undefined;
  }

  string(name: string): string | undefined {
    return this.#typed(name, "string", (value): value is string => typeof value === "string");
  }

  requiredString(name: string): string {
    const value = this.string(name);
    if (value === undefined || value.trim() === "") throw requiredField(name);
    return value;
  }

  integer(name: string): number | undefined {
    return this.#typed(name, "integer", (value): value is number => Number.isInteger(value));
  }

  boolean(name: string): boolean | undefined {
    return this.#typed(name, "boolean", (value): value is boolean => typeof value === "boolean");
  }

  object(name: string): Record<string, unknown> | undefined {
    return this.#typed(
      name,
      "object",
      (value): value is Record<string, unknown> => typeof value === "object" && !Array.isArray(value),
    );
  }

  list(name: string): unknown[] | undefined {
    return this.#typed(name, "array", (value): value is unknown[] => Array.isArray(value));
  }

  strings(name: string): string[] | undefined {
    return this.list(name)?.map((value) => {
      if (typeof value !== "string") throw badRequest(`The field ${name} must be an array of strings.`);
      return value;
    });
  }

  objects(name: string): Fields[] | undefined {
    return this.list(name)?.map((value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw badRequest(`The field ${name} must be an array of objects.`);
      }
      return new Fields(value as Record<string, unknown>);
    });
  }

  oneOf<const T extends string>(name: string, legal: readonly T[]): T | undefined {
    const value = this.string(name);
    if (value === undefined) return undefined;
    const found = legal.find((each) => each === value);
    if (found === undefined) throw invalidValue(name, value, legal.join(", "));
    return found;
  }

  /** ISO 8601, as the platform writes it back. */
  date(name: string): string | undefined {
    const value = this.string(name);
    if (value === undefined) return undefined;
    const time = Date.parse(value);
    if (Number.isNaN(time)) throw invalidValue(name, value, "an ISO 8601 date and time");
    return new Date(time).toISOString();
  }

  /** The fields that are not among the named ones, as they came. */
  except(names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.#body).filter(([name]) => !names.includes(name)));
  }

  #typed<T>(name: string, type: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (!is(value)) throw badRequest(`The field ${name} must be of type ${type}.`);
    return value;
  }
}

/**
 * The body of a call. A field that the vendor's request model does not have is ignored and remembered, or refused.
 */
export const fieldsOf = (call: ApiCall, known: readonly string[]): Fields => {
  const body = jsonBody(call.request);
  for (const field of Object.keys(body).filter((name) => !known.includes(name))) {
    if (call.switches.unknownFields === "refused") {
      throw badRequest(`Unrecognized field "${field}".`);
    }
    call.world.ignoredFields.push({ route: call.route, field });
  }
  return new Fields(body);
};

/** The names of all fields of a vendor model: leaving one out, or adding one, is a type error. */
export const fieldNames = <Model>(names: Record<keyof Model, true>): string[] => Object.keys(names);

const jsonBody = ({ headers, text }: SimulatedRequest): Record<string, unknown> => {
  if (text !== "" && !headers["content-type"]?.includes("json")) throw unsupportedMediaType();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest("The request could not be understood by the server due to malformed syntax.");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badRequest("The request body must be an object.");
  }
  return body as Record<string, unknown>;
};
