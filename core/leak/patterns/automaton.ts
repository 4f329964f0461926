import { type Expression, parseExpression, type Range } from "./expression.ts";

/** In which direction a text is read, and so at which of its ends an anchor can hold. */
export type Direction = "forwards" | "backwards";

/** A step that reads one character, and what follows it; or what follows without reading. */
interface Step {
  reads?: readonly Range[];
  /** Can be passed before the first character alone. */
  isAnchor: boolean;
  next: number[];
}

const accepted = 0;

/** The steps of an expression, ending in `accepted`, and the first of them. */
const stepsOf = (expression: Expression, direction: Direction): { steps: Step[]; first: number } => {
  const steps: Step[] = [{ isAnchor: false, next: [] }];
  const add = (step: Step): number => steps.push(step) - 1;
  const pass = (...next: number[]): number => add({ isAnchor: false, next });
  const anchor = direction === "forwards" ? "textStart" : "textEnd";

  const before = (part: Expression, next: number): number => {
    switch (part.kind) {
      case "one":
        return add({ reads: part.of, isAnchor: false, next: [next] });
      case "sequence": {
        const parts = direction === "forwards" ? part.parts.toReversed() : part.parts;
        return parts.reduce((after, each) => before(each, after), next);
      }
      case "choice":
        return pass(...part.options.map((option) => before(option, next)));
      case "repeat":
        return repeated(part, next);
      default:
        return add({ isAnchor: true, next: part.kind === anchor ? [next] : [] });
    }
  };
  const repeated = ({ part, least, most }: Extract<Expression, { kind: "repeat" }>, next: number): number => {
    let entry = next;
    if (most === Number.POSITIVE_INFINITY) {
      const loop: number[] = [next];
      entry = add({ isAnchor: false, next: loop });
      loop.push(before(part, entry));
    }
    for (let times = least; times < most && most < Number.POSITIVE_INFINITY; times++)
      entry = pass(before(part, entry), next);
    for (let times = 0; times < least; times++) entry = before(part, entry);
    return entry;
  };
  return { first: before(expression, accepted), steps };
};

/** The characters that no step tells apart, as numbers from 0. */
const alphabetOf = (steps: readonly Step[]): { letterOf: Uint16Array; samples: number[] } => {
  const borders = new Set([0]);
  for (const [first, end] of steps.flatMap(({ reads = [] }) => reads)) borders.add(first).add(end + 1);
  const samples = [...borders].filter((border) => border <= 0xffff).toSorted((a, b) => a - b);
  const letterOf = new Uint16Array(0x1_0000);
  for (const [letter, first] of samples.entries()) letterOf.fill(letter, first);
  return { letterOf, samples };
};

interface State {
  steps: readonly number[];
  isAccepting: boolean;
  /** By letter. */
  next: (State | undefined)[];
}

/** More are forgotten and made again: an expression may have more of them than there is memory. */
const mostStates = 2_000;

/**
 * Says where matches of the expression end that begin anywhere: read forwards, whether one ends at a place; read
 * backwards, whether one begins there. It reads each character once, whatever the expression and the text.
 */
export const createAutomaton = (
  source: string,
  direction: Direction,
): ((text: string, places: readonly number[]) => Set<number>) => {
  const { steps, first } = stepsOf(parseExpression(source), direction);
  const { letterOf, samples } = alphabetOf(steps);
  let known = new Map<string, State>();

  const reach = (from: readonly number[], isAtStart: boolean): State => {
    const reached = new Set<number>();
    const open = [...from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const step = steps[at];
      if (step === undefined || reached.has(at)) continue;
      if (step.isAnchor && !isAtStart) continue;
      reached.add(at);
      if (step.reads === undefined) open.push(...step.next);
    }
    const kept = [...reached]
      .filter((at) => at === accepted || steps[at]?.reads !== undefined)
      .toSorted((a, b) => a - b);
    const key = kept.join();
    const state = known.get(key) ?? { steps: kept, isAccepting: reached.has(accepted), next: [] };
    if (known.size >= mostStates) known = new Map();
    known.set(key, state);
    return state;
  };
  const after = (state: State, letter: number): State => {
    const sample = samples[letter] ?? 0;
    const next = state.steps.flatMap((at) => {
      const { reads = [], next } = steps[at] ?? { next: [] };
      return reads.some(([from, to]) => from <= sample && sample <= to) ? next : [];
    });
    return reach([...next, first], false);
  };

  return (text, places) => {
    const wanted = new Set(places);
    const found = new Set<number>();
    const isForwards = direction === "forwards";
    const farthest = isForwards ? Math.max(...places) : Math.min(...places);
    let state = reach([first], true);
    for (let place = isForwards ? 0 : text.length; ; ) {
      if (state.isAccepting && wanted.has(place)) found.add(place);
      if (place === farthest) return found;
      const letter = letterOf[text.charCodeAt(isForwards ? place : place - 1)] ?? 0;
      const next = state.next[letter] ?? after(state, letter);
      state.next[letter] = next;
      state = next;
      place += isForwards ? 1 : -1;
    }
  };
};
