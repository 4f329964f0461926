import type { RotationApi } from "../../apis/genesys/api.ts";
import type { RotatedCredential, RotationDeclarations } from "../../core/rotation/credential.ts";
import type { ClientCredential, RotatorPorts } from "../ports.ts";
import { createSessions } from "./sessions.ts";

/** What the parts of a function share while its process lives. */
export interface Rotator {
  readonly ports: RotatorPorts;
  readonly declarations: RotationDeclarations;
  /** The platform with the rights of a client; one login serves all calls. */
  as(credential: ClientCredential): RotationApi;
  /** How many clients the organisation had when somebody last looked. */
  readonly census: { current?: Census };
}

export interface Census {
  count: number;
  limit: number | undefined;
  /** Milliseconds since 1970. */
  at: number;
}

export const createRotator = (ports: RotatorPorts, declarations: RotationDeclarations): Rotator => ({
  ports,
  declarations,
  as: createSessions(ports.platform),
  census: {},
});

export const credentialById = ({ declarations }: Rotator, id: string): RotatedCredential | undefined =>
  declarations.credentials.find((credential) => credential.id === id);
