/** What a provider refuses or cannot finish by itself; what an outside service answers has errors of its own. */
export abstract class ProviderError extends Error {
  /** Stable, such as `unknown-name`. */
  abstract readonly code: string;

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = new.target.name;
  }
}

/** A name that the organisation does not have. */
export class UnknownNameError extends ProviderError {
  readonly code = "unknown-name";

  constructor(kind: string, name: string) {
    super(
      `The organisation has no ${kind} named ${JSON.stringify(name)}. Correct the name, or declare the ${kind} and let this resource depend on it.`,
    );
  }
}

/** A create whose answer was lost, and whose object has not shown up. It may yet do so. */
export class OutcomeUnknownError extends ProviderError {
  readonly code = "outcome-unknown";

  constructor(object: string, cause: unknown) {
    super(
      `${object}: the platform gave no answer when it was created, and does not list it yet. Run it again: an object that shows up late is taken over, never made twice.`,
      cause,
    );
  }
}

/** The object named by `adoptId` cannot become this resource. */
export class NotAdoptableError extends ProviderError {
  readonly code = "not-adoptable";

  constructor(id: string, reason: string, next: string) {
    super(`adoptId ${id} cannot be taken over: ${reason}. ${next}`);
  }
}

/** The object named by `adoptId` carries the marker of another resource. */
export const belongsToAnother = (id: string, description: string | undefined): NotAdoptableError =>
  new NotAdoptableError(
    id,
    `its description says that it belongs to another resource: ${description}`,
    "Remove that resource with retainOnDelete, take the marker out of the description, and run it again.",
  );

/** An object with the name exists, and nothing shows that it is this resource's. */
export class NameTakenError extends ProviderError {
  readonly code = "name-taken";

  constructor(kind: string, name: string, id: string) {
    super(
      `The organisation has a ${kind} named ${JSON.stringify(name)} already. Choose another name, or take it over with adoptId: "${id}".`,
    );
  }
}

/** The platform accepted a deletion and still shows the object. */
export class NotGoneError extends ProviderError {
  readonly code = "not-gone";

  constructor(object: string) {
    super(
      `${object}: the platform accepted its deletion and still shows it. Run it again to look once more.`,
    );
  }
}

/** A client of this resource works for somebody, and the state does not know it. */
export class ForgottenInUseError extends ProviderError {
  readonly code = "forgotten-in-use";

  constructor(
    id: string,
    requests: number,
    next = `Restore the state from a backup, or take the client over as it is with adoptId: "${id}".`,
  ) {
    super(
      `OAuth client ${id} was made for this resource and is in use (${requests} requests), but the state does not know it. Its secret was not touched. ${next}`,
    );
  }
}

/** The platform does not say whether a client is in use. */
export class UsageUnknownError extends ProviderError {
  readonly code = "usage-unknown";

  constructor(object: string) {
    super(
      `${object}: the platform has not finished counting its requests. Nothing was changed. Run it again.`,
    );
  }
}

/** A decoy would get rights that an intruder could use. */
export class AdministrativeRoleError extends ProviderError {
  readonly code = "administrative-role";

  constructor(role: string, permission: string, reason: string) {
    super(
      `A decoy must not have the role ${JSON.stringify(role)}: it grants ${permission}, and ${reason}. Give the decoy a role that only reads what everybody may read.`,
    );
  }
}

/** Which region the organisation is in cannot be told from the environment, and users of a secret have to know it. */
export class RegionUnknownError extends ProviderError {
  readonly code = "region-unknown";

  constructor(named: string, known: readonly string[]) {
    super(
      `The secret says in which region its client lives, but GENESYSCLOUD_REGION is ${named === "" ? "not set" : `"${named}"`}. Set it to one of ${known.join(", ")}.`,
    );
  }
}

/** A secret was to be put elsewhere, and is not where it was put. */
export class SecretLostError extends ProviderError {
  readonly code = "secret-lost";

  constructor(clientId: string, nextGeneration: number) {
    super(
      `OAuth client ${clientId}: its secret is no longer where the last deployment put it, so it cannot be moved. Set secretGeneration: ${nextGeneration} to have another issued; the one in use stops working at once.`,
    );
  }
}
