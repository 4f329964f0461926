/**
 * A property that is proved by many rounds: few in `npm test`, the full count in `npm run prove`.
 *
 * The seed is printed, so that a failure can be repeated with `PROOF_SEED=N`.
 */
export interface Rounds {
  /** Rounds in `npm test`. */
  quick: number;
  /** Rounds in `npm run prove`. */
  full: number;
}

const fixedSeed = 20260917;

/** Declares a jest test that runs `body` with the number of rounds and the seed of this run. */
export const proof = (
  name: string,
  rounds: Rounds,
  body: (runs: number, seed: number) => Promise<void> | void,
): void => {
  const runs = process.env.PROOF === "full" ? rounds.full : rounds.quick;
  const seed = Number(process.env.PROOF_SEED ?? fixedSeed);
  test(`proof: ${name} (${runs} rounds, seed ${seed})`, async () => {
    await body(runs, seed);
  }, 3_600_000);
};
