import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

const project = "genesys-credential-guard";
const root = join(import.meta.dirname, "..", "..");

type Item = Record<string, unknown> & { id: string };

/** The sandbox stack's configuration, in a copy that a drill may change. */
export class StackFile {
  readonly path: string;
  #config: Record<string, unknown>;

  constructor(folder: string) {
    this.path = join(folder, "Pulumi.sandbox.yaml");
    this.#config = parse(readFileSync(join(root, "Pulumi.sandbox.yaml"), "utf8")).config;
    this.#write();
  }

  /** Changes fields of the client or decoy with that id and returns the function that changes them back. */
  change(list: "clients" | "decoys", id: string, fields: Record<string, unknown>): () => void {
    const before = this.#config;
    this.#config = {
      ...before,
      [`${project}:${list}`]: this.#list(list).map((item) =>
        item.id === id ? { ...item, ...fields } : item,
      ),
    };
    this.#write();
    return () => {
      this.#config = before;
      this.#write();
    };
  }

  add(list: "clients" | "decoys", items: readonly Item[]): void {
    this.#config = { ...this.#config, [`${project}:${list}`]: [...this.#list(list), ...items] };
    this.#write();
  }

  #list(list: string): Item[] {
    return (this.#config[`${project}:${list}`] ?? []) as Item[];
  }

  #write(): void {
    writeFileSync(this.path, stringify({ config: this.#config }));
  }
}
