/**
 * The ids that this run of the engine declares. What is declared is not deleted by the same run, though a second
 * entry of the state may ask for it: one that was replaced and could not be deleted yet, or the former name of a
 * resource whose object another one has taken over. Names on GitHub ignore case, and so does this.
 */
export class Declarations {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id.toLowerCase());
  }

  has(id: string): boolean {
    return this.#ids.has(id.toLowerCase());
  }
}
