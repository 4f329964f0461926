import fc from "fast-check";
import type { ResourceProvider } from "../../../providers/dynamic/provider.ts";
import type { Fault, FaultPlan } from "../../../sandbox/http/faults.ts";
import { proof, type Rounds } from "../../proof.ts";
import { ResourceUnderEngine } from "./engine.ts";

/** One type of resource and the simulated platform it lives on, fresh for every history. */
export interface World<Inputs extends object, Outputs extends object> {
  faults: FaultPlan;
  /** The provider as a new host process would make it: one run of the engine, nothing cached. */
  host(): ResourceProvider<Inputs, Outputs>;
  /** Changes or deletes the object on the platform, as a person would; `choice` picks the change. */
  drift(id: string, choice: number): void | Promise<void>;
  /**
   * Makes an object on the platform, as a person would, and returns the declaration that takes it over.
   * Undefined: the type adopts nothing.
   */
  existing?(declared: Inputs): { id: string; inputs: Inputs } | Promise<{ id: string; inputs: Inputs }>;
  /**
   * What the outputs must say of the object, from the simulator's own records; undefined when it is gone.
   * `outputs` are what they do say, for properties that not every object has.
   */
  actual(id: string, outputs: Outputs): object | undefined;
  /** Ids of the objects of this type that the platform holds. */
  living(): string[];
  /** Lets the platform show everything as it is, where reads lag behind. Default: they do not. */
  settle?(): void;
  close(): Promise<void>;
}

export interface Subject<Inputs extends object, Outputs extends object> {
  /** What a program may declare, as it reaches `check`. */
  declarations: fc.Arbitrary<Inputs>;
  start(): Promise<World<Inputs, Outputs>>;
}

type Step<Inputs> =
  | { kind: "up"; inputs: Inputs; faults: FaultSpec[] }
  | { kind: "adopt"; inputs: Inputs; faults: FaultSpec[] }
  | { kind: "refresh" | "destroy"; faults: FaultSpec[] }
  | { kind: "drift"; choice: number };

interface FaultSpec {
  fault: Fault;
  skip: number;
  times: number;
}

const faultSpec: fc.Arbitrary<FaultSpec> = fc.record({
  fault: fc.constantFrom<Fault>(
    { kind: "dropBefore" },
    { kind: "dropAfter" },
    { kind: "status", status: 503 },
    { kind: "status", status: 429, retryAfterSeconds: 0 },
  ),
  skip: fc.nat({ max: 8 }),
  // One is a hiccup that a retry mends; fifty outlast every retry.
  times: fc.constantFrom(1, 1, 2, 50),
});

const histories = <Inputs extends object>(
  declarations: fc.Arbitrary<Inputs>,
): fc.Arbitrary<{ steps: Step<Inputs>[]; last: Inputs }> => {
  const faults = fc.oneof(fc.constant<FaultSpec[]>([]), fc.array(faultSpec, { minLength: 1, maxLength: 2 }));
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("up" as const), inputs: declarations, faults }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("adopt" as const), inputs: declarations, faults }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom("refresh" as const, "destroy" as const), faults }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("drift" as const), choice: fc.nat({ max: 11 }) }) },
  );
  return fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 8 }), last: declarations });
};

const run = async <Inputs extends object, Outputs extends object>(
  world: World<Inputs, Outputs>,
  { steps, last }: { steps: Step<Inputs>[]; last: Inputs },
): Promise<void> => {
  const resource = new ResourceUnderEngine<Inputs, Outputs>();
  /** Made by hand, and never in the state since: not ours to clean up. */
  const strangers = new Set<string>();
  /** Whether the state was true when last seen; if not, a deployment without a refresh may rightly fail. */
  let certain = true;
  const noteOwned = () => {
    if (resource.state !== undefined) strangers.delete(resource.state.id);
  };
  const outputsAreTrue = () => {
    if (resource.state === undefined) throw new Error("the resource is not in the state");
    const { id, outputs } = resource.state;
    const actual = world.actual(id, outputs);
    if (actual === undefined) throw new Error(`${id} is in the state and not on the platform`);
    expect(outputs).toMatchObject(actual);
  };

  const take = async (step: Exclude<Step<Inputs>, { kind: "drift" }>): Promise<void> => {
    if (step.kind === "up" || step.kind === "adopt") await resource.up(world.host(), step.inputs);
    else if (step.kind === "refresh") await resource.refresh(world.host());
    else await resource.destroy(world.host());
  };

  for (const drawn of steps) {
    if (drawn.kind === "drift") {
      if (resource.state !== undefined) await world.drift(resource.state.id, drawn.choice);
      certain = false;
      continue;
    }
    let step = drawn;
    if (step.kind === "adopt") {
      if (world.existing === undefined || resource.state !== undefined) continue;
      const { id, inputs } = await world.existing(step.inputs);
      world.settle?.();
      strangers.add(id);
      step = { ...step, inputs };
    }
    for (const { fault, skip, times } of step.faults) world.faults.add({ fault, skip, times });
    try {
      await take(step);
      if (step.kind === "refresh") certain = true;
    } catch (error) {
      if (step.faults.length === 0 && certain) throw error;
      certain = false;
    } finally {
      world.faults.clear();
      noteOwned();
    }
  }

  // The platform is well again: one refresh and one deployment put everything right.
  const refresh = async () => {
    world.settle?.();
    await resource.refresh(world.host());
  };
  const isUnchanged = async () => !(await resource.changes(world.host(), last));
  await refresh();
  await resource.up(world.host(), last);
  noteOwned();
  outputsAreTrue();
  const id = resource.state?.id;
  expect(world.living().filter((each) => each !== id && !strangers.has(each))).toEqual([]);
  expect(await isUnchanged()).toBe(true);
  await refresh();
  outputsAreTrue();
  expect(await isUnchanged()).toBe(true);
  await resource.destroy(world.host());
  expect(world.living().filter((each) => !strangers.has(each))).toEqual([]);
};

/**
 * Proves that whatever happens to a resource (declared, changed, renamed, drifted by hand, adopted, deleted, every
 * call failing before or after its effect), one refresh and one deployment later its outputs equal the platform,
 * a preview is unchanged, and destroying it leaves nothing behind.
 */
export const proveHistories = <Inputs extends object, Outputs extends object>(
  name: string,
  { declarations, start }: Subject<Inputs, Outputs>,
  rounds: Rounds = { quick: 25, full: 500 },
): void => {
  proof(name, rounds, async (numRuns, seed) => {
    await fc.assert(
      fc.asyncProperty(histories(declarations), async (history) => {
        const world = await start();
        try {
          await run(world, history);
        } finally {
          await world.close();
        }
      }),
      { numRuns, seed },
    );
  });
};
