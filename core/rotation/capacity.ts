import type { RotationStrategy } from "./credential.ts";
import { type DrainInputs, drainSeconds } from "./timing.ts";

/** The current generation, and the one that is being made. */
const inService = 2;

/** The fewest clients that a credential needs room for, however rarely it is rotated. */
const fewest = inService + 1;

/**
 * How many clients of a credential exist at once at most, where nobody uses a superseded one beyond its time: the two
 * in service, and all that were superseded within one drain.
 */
export const generationsAlive = (drain: number, intervalSeconds: number): number =>
  inService + Math.ceil(drain / intervalSeconds);

export interface CapacityCredential extends Pick<DrainInputs, "secretCacheSeconds" | "tokenLifetimeSeconds"> {
  id: string;
  strategy: RotationStrategy;
  intervalSeconds: number;
}

export interface CapacityInputs
  extends Pick<
    DrainInputs,
    "skewSeconds" | "usageWindowSeconds" | "usageDelaySeconds" | "inactiveKeepsTokens"
  > {
  credentials: readonly CapacityCredential[];
  /** Clients of the organisation that are not rotated. */
  otherClients: number;
  /** How many clients the organisation may have. */
  quota: number;
  /** Clients that are kept free. */
  reserve: number;
}

const needOf = (credential: CapacityCredential, inputs: CapacityInputs): number =>
  credential.strategy === "blueGreenClients"
    ? generationsAlive(drainSeconds({ ...inputs, ...credential }), credential.intervalSeconds)
    : 1;

const hours = (seconds: number): number => Math.ceil(seconds / 3600);

/** What would make room, for one of the credentials that take more than they must. */
const advice = (credential: CapacityCredential, inputs: CapacityInputs, total: number): string => {
  const need = needOf(credential, inputs);
  const room = inputs.quota - inputs.reserve - (total - need);
  const drain = drainSeconds({ ...inputs, ...credential });
  const what = `${credential.id}: rotated every ${hours(credential.intervalSeconds)} h, with an old generation living for ${hours(drain)} h, it needs room for ${need} clients`;
  return room >= fewest
    ? `${what}; every ${hours(drain / (room - inService))} h would fit, or a shorter token lifetime`
    : `${what}; no interval makes it fit alone, every ${hours(drain)} h would need ${fewest}`;
};

/**
 * Why the declared rotations do not fit into the organisation's limit; empty where they do. One sentence for the
 * whole, and one for each credential that could take less.
 */
export const capacityProblems = (inputs: CapacityInputs): string[] => {
  const { credentials, otherClients, quota, reserve } = inputs;
  const rotated = credentials.reduce((sum, credential) => sum + needOf(credential, inputs), 0);
  const total = otherClients + rotated;
  if (total <= quota - reserve) return [];
  const whole = `The rotated credentials need room for ${rotated} OAuth clients, beside ${otherClients} others; of the limit of ${quota}, ${reserve} are kept free, so ${quota - reserve} are to be had.`;
  const greedy = credentials.filter((credential) => needOf(credential, inputs) > fewest);
  return [whole, ...greedy.map((credential) => advice(credential, inputs, total))];
};
