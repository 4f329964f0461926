/** Where a rule of the deny list comes from. */
export interface Source {
  /** Why it is on the list. */
  reason: string;
  url: string;
}

export interface Rule extends Source {
  /** The permission, role or scope as the list writes it. */
  pattern: string;
}
