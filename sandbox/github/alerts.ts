export type AlertResolution = "pattern_edited" | "pattern_deleted";

export interface AlertCount {
  open: number;
  /** Alerts that an edit of their pattern closed. */
  patternEdited: number;
  /** Alerts that the deletion of their pattern closed. */
  patternDeleted: number;
}

/** The alerts of every pattern, also of those that are gone: evidence outlives its pattern, unless it is deleted. */
export class AlertBook {
  #alerts = new Map<number, ("open" | AlertResolution)[]>();

  raise(patternId: number, count: number): void {
    const alerts = this.#alerts.get(patternId) ?? [];
    this.#alerts.set(patternId, [...alerts, ...Array.from({ length: count }, () => "open" as const)]);
  }

  /** Closes the open alerts of a pattern. */
  resolve(patternId: number, resolution: AlertResolution): void {
    const alerts = this.#alerts.get(patternId) ?? [];
    this.#alerts.set(
      patternId,
      alerts.map((state) => (state === "open" ? resolution : state)),
    );
  }

  /** Destroys the alerts of a pattern. */
  delete(patternId: number): void {
    this.#alerts.delete(patternId);
  }

  count(patternId: number): AlertCount {
    const alerts = this.#alerts.get(patternId) ?? [];
    const number = (state: "open" | AlertResolution) => alerts.filter((each) => each === state).length;
    return {
      open: number("open"),
      patternEdited: number("pattern_edited"),
      patternDeleted: number("pattern_deleted"),
    };
  }
}
