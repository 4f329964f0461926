import { proof } from "../../proof.ts";
import { naiveRevoker } from "./naive-revoker.ts";
import { type Outcome, play } from "./play.ts";

const pushes = 30;

const add = (sums: Record<string, number>, more: Readonly<Record<string, number>>): void => {
  for (const [name, count] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + count;
};

proof(
  "alerts through the functions, whatever goes wrong: nothing is stopped wrongly, and no live leak is forgotten",
  { quick: 2, full: 480 },
  async (runs, seed) => {
    const sums: Record<string, number> = {};
    const ends: Record<string, number> = {};
    const kills: Record<string, number> = {};
    const found: string[] = [];
    for (let round = 0; round < runs; round += 1) {
      const outcome: Outcome = await play(seed + round, { pushes, isWatchedToTheEnd: round % 4 === 0 });
      const { faults, alerts, mishaps, consumerCalls } = outcome;
      for (const fault of new Set(faults)) found.push(`PROOF_SEED=${seed + round}: ${fault}`);
      add(sums, { alerts, mishaps, consumerCalls });
      add(ends, outcome.ends);
      add(kills, { ...outcome.kills });
    }
    console.log(JSON.stringify({ worlds: runs, ...sums, kills, ends }));
    expect(found).toEqual([]);
    expect(kills.wrong).toBe(0);
    expect(kills.right).toBeGreaterThan(runs);
  },
);

proof(
  "the same worlds, with a revoker that believes every alert: it stops clients wrongly, the control",
  { quick: 3, full: 100 },
  async (runs, seed) => {
    let wrong = 0;
    let worlds = 0;
    for (let round = 0; round < runs; round += 1) {
      const options = { pushes, isWatchedToTheEnd: false, revoker: naiveRevoker };
      const { kills } = await play(seed + round, options);
      wrong += kills.wrong;
      if (kills.wrong > 0) worlds += 1;
    }
    console.log(`${wrong} clients were stopped wrongly, in ${worlds} of ${runs} worlds`);
    expect(worlds).toBeGreaterThan(runs / 4);
  },
);
