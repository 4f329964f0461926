import {
  analyze,
  analyzeStack,
  configure,
  type Resource,
  setStackTags,
  unknownValue,
  type Verdict,
} from "./analyzer.ts";

/** One program, and what the policy must say of it. */
export interface Case {
  resources: [Resource, ...Resource[]];
  config?: Record<string, unknown>;
  stackTags?: Record<string, string>;
}

export interface Fires extends Case {
  /** Parts of the messages, one entry for each violation, in order. */
  says: (string | RegExp)[];
}

interface Cases {
  /** Judged by the stack RPC. */
  stack?: boolean;
  level?: Verdict["level"];
  fires: Record<string, Fires>;
  passes: Record<string, Case>;
  /** A value is needed that is not known: advisory, whatever the level, after what is known was judged (`says`). */
  unknown?: Record<string, Case & { says?: (string | RegExp)[] }>;
  /** A value is not known and not needed. */
  unknownElsewhere?: Record<string, Fires>;
}

const containing = (part: string | RegExp) =>
  typeof part === "string" ? expect.stringContaining(part) : expect.stringMatching(part);

/** Runs the cases of one policy through the analyzer's own RPC handlers. */
export const describePolicy = (
  name: string,
  { stack = false, level = "mandatory", fires, passes, unknown = {}, unknownElsewhere = {} }: Cases,
): void => {
  const judge = async ({ resources, config, stackTags = {} }: Case): Promise<Verdict[]> => {
    await configure(config === undefined ? {} : { [name]: config });
    await setStackTags(stackTags);
    const all = stack
      ? await analyzeStack(resources)
      : (await Promise.all(resources.map((resource) => analyze(resource)))).flat();
    return all.filter(({ policy }) => policy === name);
  };

  const expectToFire = async ({ says, ...given }: Fires): Promise<void> => {
    const verdicts = await judge(given);
    expect(verdicts.map(({ message }) => message)).toEqual(says.map(containing));
    for (const verdict of verdicts) {
      expect(verdict.level).toBe(given.config === undefined ? level : "mandatory");
      // Whole sentences: what must be, what is, what to do.
      expect(verdict.message).toMatch(/^[A-Z][^\n]+\.\n[A-Z].*\.$/s);
    }
  };

  describe(`${name} fires on`, () => {
    test.each(Object.entries(fires))("%s", (_, given) => expectToFire(given));
  });

  describe(`${name} passes`, () => {
    test.each(Object.entries(passes))("%s", async (_, given) => {
      expect(await judge(given)).toEqual([]);
    });
  });

  describe(`${name}, where values are unknown,`, () => {
    const cases = [
      ...Object.entries(unknown).map(([title, given]) => ({ title: `only advises on ${title}`, given })),
      ...Object.entries(unknownElsewhere).map(([title, given]) => ({
        title: `still fires on ${title}`,
        given,
      })),
    ];
    test.each(cases)("$title", async ({ title, given }) => {
      expect(JSON.stringify(given.resources)).toContain(unknownValue);
      const { says = [], ...rest } = given;
      if (title.startsWith("still fires")) return expectToFire({ ...rest, says });
      const verdicts = await judge(rest);
      const last = verdicts.pop();
      expect(verdicts.map(({ message }) => message)).toEqual(says.map(containing));
      for (const verdict of verdicts)
        expect(verdict.level).toBe(rest.config === undefined ? level : "mandatory");
      expect(last).toMatchObject({
        level: "advisory",
        message: expect.stringContaining("can't be known during preview"),
      });
    });
  });
};
