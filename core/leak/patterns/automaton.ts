import { type Expression, parseExpression, type Range } from "./expression.ts";

/** In which direction a text is read, and so at which of its ends an anchor can hold. */
export type Direction = "forwards" | "backwards";

/** Reads one character, or, without `reads`, none; then come the next ones. */
interface Step {
  /** Tells it from the others. */
  number: number;
  reads?: readonly Range[];
  /** Can be passed before the first character alone. */
  isAnchor: boolean;
  next: readonly Step[];
}

/** The first step of an expression, and the one that it ends in. */
const stepsOf = (expression: Expression, direction: Direction) => {
  let number = 0;
  const all: Step[] = [];
  const add = (step: Omit<Step, "number">): Step => {
    const added = { ...step, number: number++ };
    all.push(added);
    return added;
  };
  const pass = (...next: readonly Step[]): Step => add({ isAnchor: false, next });
  const anchor = direction === "forwards" ? "textStart" : "textEnd";

  const before = (part: Expression, next: Step): Step => {
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
  const repeated = ({ part, least, most }: Extract<Expression, { kind: "repeat" }>, next: Step): Step => {
    let entry = next;
    if (most === Number.POSITIVE_INFINITY) {
      const loop = [next];
      entry = add({ isAnchor: false, next: loop });
      loop.push(before(part, entry));
    } else for (let times = least; times < most; times++) entry = pass(before(part, entry), next);
    for (let times = 0; times < least; times++) entry = before(part, entry);
    return entry;
  };
  const last = pass();
  return { last, first: before(expression, last), all };
};

/** The characters that no step tells apart, as numbers from 0, and the first of each. */
const alphabetOf = (steps: readonly Step[]): { letters: Uint16Array; firsts: number[] } => {
  const borders = new Set([0]);
  for (const [first, end] of steps.flatMap(({ reads = [] }) => reads)) borders.add(first).add(end + 1);
  const firsts = [...borders].filter((border) => border <= 0xffff).toSorted((a, b) => a - b);
  const letters = new Uint16Array(0x1_0000);
  for (const [letter, first] of firsts.entries()) letters.fill(letter, first, firsts[letter + 1]);
  return { letters, firsts };
};

interface State {
  /** Those that read, and the last. */
  steps: readonly Step[];
  isAccepting: boolean;
  /** By letter. */
  next: (State | undefined)[];
}

export type Automaton = (text: string, places: readonly number[]) => Set<number>;

/** More are forgotten and made again: an expression may have more of them than there is memory. */
const mostStates = 2_000;

/**
 * Says at which places a match of the expression ends (read forwards) or begins (read backwards), wherever its other
 * end is. It reads each character once, whatever the expression and the text. There has to be one place at least.
 */
export const createAutomaton = (source: string, direction: Direction): Automaton => {
  const { first, last, all } = stepsOf(parseExpression(source), direction);
  const { letters, firsts } = alphabetOf(all);
  const known = new Map<string, State>();

  const reach = (from: readonly Step[], isAtStart: boolean): State => {
    const reached = new Set<Step>();
    const open = [...from];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      if (reached.has(step) || (step.isAnchor && !isAtStart)) continue;
      reached.add(step);
      if (step.reads === undefined) open.push(...step.next);
    }
    const steps = [...reached]
      .filter((step) => step === last || step.reads !== undefined)
      .toSorted((a, b) => a.number - b.number);
    const key = steps.map(({ number }) => number).join();
    const state = known.get(key) ?? { steps, isAccepting: reached.has(last), next: [] };
    if (known.size >= mostStates) known.clear();
    known.set(key, state);
    return state;
  };
  const after = (state: State, letter: number): State => {
    const character = Number(firsts[letter]);
    const next = state.steps
      .filter(({ reads = [] }) => reads.some(([from, to]) => from <= character && character <= to))
      .flatMap((step) => step.next);
    return reach([...next, first], false);
  };

  return (text, places) => {
    const wanted = new Set(places);
    const found = new Set<number>();
    const isForwards = direction === "forwards";
    const step = isForwards ? 1 : -1;
    const farthest = places.reduce((one, other) => (step * (other - one) > 0 ? other : one));
    let state = reach([first], true);
    let place = isForwards ? 0 : text.length;
    const note = (): void => {
      if (state.isAccepting && wanted.has(place)) found.add(place);
    };
    note();
    while (place !== farthest) {
      const letter = Number(letters[text.charCodeAt(isForwards ? place : place - 1)]);
      state.next[letter] ??= after(state, letter);
      state = state.next[letter];
      place += step;
      note();
    }
    return found;
  };
};
