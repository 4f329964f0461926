import type { Session } from "./session.ts";

/** Id of the division of that name; of the home division where none is named. */
export const divisionIdOf = (session: Session, name: string | undefined): Promise<string> =>
  name === undefined ? session.divisions.home() : session.divisions.idOf(name);

interface Placed {
  division?: string | undefined;
  divisionId: string;
}

/**
 * The division of an object as its declaration would put it: the declared words while the object is where it was
 * put, else the name of the division to which somebody has moved it.
 */
export const placement = (
  declared: Placed,
  actual: { id?: string; name?: string } | undefined,
): { division?: string; divisionId: string } => {
  const divisionId = actual?.id ?? declared.divisionId;
  const division = divisionId === declared.divisionId ? declared.division : (actual?.name ?? divisionId);
  return { divisionId, ...(division === undefined ? {} : { division }) };
};
