import * as v from "valibot";
import { fromIssue, type Problem } from "./problems.ts";

/** Reads one part after the other, and keeps what is wrong with any. */
export class PartReader {
  readonly problems: Problem[] = [];
  readonly #raw: Record<string, unknown>;

  constructor(raw: Record<string, unknown>) {
    this.#raw = raw;
  }

  /** `{}` and "" stand for nothing: a key that is declared in Pulumi.yaml and may be left out has a default. */
  has(key: string): boolean {
    const value = this.#raw[key];
    const empty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
    return value !== undefined && value !== null && value !== "" && !empty;
  }

  /** Undefined where there is nothing: see `has`. */
  optional<S extends v.GenericSchema>(s: S, key: string): v.InferOutput<S> | undefined {
    return this.has(key) ? this.#parse(s, this.#raw[key], key) : undefined;
  }

  /** An item that cannot be read is undefined and keeps its place. */
  list<S extends v.GenericSchema>(s: S, key: string): (v.InferOutput<S> | undefined)[] {
    const items = this.#parse(v.array(v.unknown(), "must be a list"), this.#raw[key] ?? [], key) ?? [];
    return items.map((item, index) => this.#parse(s, item, `${key}[${index}]`));
  }

  /** The value, or undefined where it has problems: what spans parts is then checked without it. */
  #parse<S extends v.GenericSchema>(s: S, value: unknown, path: string): v.InferOutput<S> | undefined {
    const result = v.safeParse(s, value);
    if (result.success) return result.output;
    const known = "entries" in s && typeof s.entries === "object" ? Object.keys(s.entries ?? {}) : [];
    this.problems.push(...result.issues.map((issue) => fromIssue(path, known, issue)));
    return undefined;
  }
}
