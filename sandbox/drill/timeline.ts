/** A step that did not do what it says. */
export class StepFailure extends Error {}

/** Throws a StepFailure with what was seen. */
export function expect(condition: boolean, what: string, seen?: string): asserts condition {
  if (!condition) throw new StepFailure(seen === undefined ? what : `${what}\n${seen}`);
}

export interface Step<World> {
  title: string;
  /** Does the step, checks it, and says in one or a few lines what was seen. */
  run(world: World): Promise<string>;
}

const width = 110;

/** Breaks a line between words. */
const wrap = (line: string): string[] => {
  const lines = [""];
  for (const word of line.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
};

const indent = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .flatMap((line) => (line.startsWith(" ") ? [line] : wrap(line)))
    .map((line) => `         ${line}`)
    .join("\n");

/** Runs the steps in order, printing each with its time; stops at the first failure. Returns how many failed. */
export const runTimeline = async <World>(
  world: World,
  steps: readonly Step<World>[],
  print: (line: string) => void,
): Promise<number> => {
  const start = Date.now();
  for (const [index, step] of steps.entries()) {
    print(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${step.title}`);
    try {
      print(`${indent(await step.run(world))}\n`);
    } catch (error) {
      const why = error instanceof StepFailure ? error.message : ((error as Error).stack ?? String(error));
      print(`${indent(`FAILED: ${why}`)}\n`);
      print(`Step ${index + 1} of ${steps.length} failed; the rest did not run.`);
      return 1;
    }
  }
  print(
    `${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  All ${steps.length} steps did what they say.`,
  );
  return 0;
};
