import type { CustomPattern } from "../../apis/github/api.ts";
import { AmbiguousOutcomeError, NotFoundError, VersionConflictError } from "../../apis/http/errors.ts";
import { checkInputs } from "../dynamic/check.ts";
import { type Comparators, changedProperties, exact, ignored, normalised } from "../dynamic/diff.ts";
import { PartialFailure } from "../dynamic/partial.ts";
import { present } from "../dynamic/present.ts";
import type { ResourceProvider } from "../dynamic/provider.ts";
import { NotAdoptableError } from "../genesys/errors.ts";
import { contentComparators, contentOf, sameContent, wireContent, withDrift } from "./content.ts";
import { Declarations } from "./declarations.ts";
import { PatternChangedError, PatternExistsError, PatternGoneError } from "./errors.ts";
import { scopeKey, scopePath } from "./scope.ts";
import { rules, type SecretPatternInputs } from "./secret-pattern-inputs.ts";
import type { GithubSession } from "./session.ts";
import type { PatternScope, PatternState } from "./types.ts";

export interface SecretPatternOutputs extends SecretPatternInputs {
  /** Absent while it is unknown whether the pattern was created. */
  patternId?: string;
  slug?: string;
  state?: PatternState;
  version?: string | undefined;
}

const comparators: Comparators<SecretPatternInputs> = {
  ...contentComparators,
  scope: normalised((value) => scopeKey(value as PatternScope)),
  name: exact,
  adoptId: ignored,
};

/** The resource's id; `?` while the pattern's number is not known. */
const idOf = (scope: PatternScope, patternId = "?"): string => `${scopePath(scope)}/${patternId}`;

/**
 * Custom patterns. Nothing in a pattern says whose it is: its number in the state does, and where a create was
 * cut off before its answer, the name, which was free just before.
 */
export const createSecretPatternProvider = (
  open: () => GithubSession,
): ResourceProvider<SecretPatternInputs, SecretPatternOutputs> => {
  const declared = new Declarations();

  const outputsOf = (inputs: SecretPatternInputs, found: CustomPattern): SecretPatternOutputs =>
    present({
      ...inputs,
      patternId: String(found.id),
      slug: found.slug,
      state: found.state,
      version: found.custom_pattern_version ?? undefined,
    });

  const findIn = (patterns: readonly CustomPattern[], { patternId, name }: SecretPatternOutputs) =>
    patterns.find((each) => (patternId === undefined ? each.name === name : String(each.id) === patternId));

  const findNow = async (props: SecretPatternOutputs): Promise<CustomPattern | undefined> =>
    findIn(await open().patternsNow(props.scope), props);

  const writing = async <T>(scope: PatternScope, write: () => Promise<T>): Promise<T> => {
    try {
      return await write();
    } finally {
      open().patterns(scope).drop();
    }
  };

  const patch = (inputs: SecretPatternInputs, patternId: number, version: string | null | undefined) =>
    writing(inputs.scope, () =>
      open().api.customPatterns.update(inputs.scope, patternId, {
        ...wireContent(inputs),
        custom_pattern_version: version ?? null,
      }),
    );

  /** The pattern that a POST made, or may have made. */
  const make = async (inputs: SecretPatternInputs): Promise<CustomPattern> => {
    const { scope, name } = inputs;
    let unanswered: unknown;
    try {
      const [made] = await writing(scope, () =>
        open().api.customPatterns.create(scope, [{ ...wireContent(inputs), name }]),
      );
      if (made !== undefined) return made;
    } catch (error) {
      if (!(error instanceof AmbiguousOutcomeError)) throw error;
      unanswered = error;
    }
    const found = await findNow(inputs).catch(() => undefined);
    if (found !== undefined) return found;
    const reason = `It is unknown whether GitHub created the custom pattern ${JSON.stringify(name)} of ${scopePath(scope)}. Run pulumi up again: it is looked up by its name, and created if it is not there.`;
    throw new PartialFailure(idOf(scope), inputs, [reason], unanswered);
  };

  const adopt = async (inputs: SecretPatternInputs, adoptId: string): Promise<CustomPattern> => {
    const { scope, name } = inputs;
    const found = await findNow({ ...inputs, patternId: adoptId });
    if (found === undefined)
      throw new NotAdoptableError(
        adoptId,
        `${scopePath(scope)} has no custom pattern of that number`,
        "Correct it (it is the number in the pattern's address), or leave it out to create the pattern.",
      );
    if (found.name !== name)
      throw new NotAdoptableError(
        adoptId,
        `the pattern is named ${JSON.stringify(found.name)}, not ${JSON.stringify(name)}, and GitHub's API has no rename`,
        "Declare that name, or correct adoptId.",
      );
    return settle(inputs, found);
  };

  /** A pattern that is like the declared one and never was in use is what a create left behind; no other is taken. */
  const claim = (inputs: SecretPatternInputs, found: CustomPattern): CustomPattern => {
    const same = sameContent(contentOf(found), inputs);
    if (same && found.state === "unpublished") return found;
    throw new PatternExistsError(inputs.scope, found, same ? "is in use" : "differs from the declared one");
  };

  /** Brings a pattern that was just read to what is declared. */
  const settle = async (inputs: SecretPatternInputs, found: CustomPattern): Promise<CustomPattern> =>
    sameContent(contentOf(found), inputs) ? found : patch(inputs, found.id, found.custom_pattern_version);

  /** Settles a PATCH that was refused for the version or the absence of the pattern, or that got no answer. */
  const reconcile = async (
    inputs: SecretPatternInputs,
    olds: SecretPatternOutputs,
    error: unknown,
  ): Promise<CustomPattern> => {
    const { scope, name } = inputs;
    const found = await findNow(olds);
    if (found === undefined) throw new PatternGoneError(scope, JSON.stringify(name), error);
    if (sameContent(contentOf(found), inputs)) return found;
    if (!sameContent(contentOf(found), olds)) throw new PatternChangedError(scope, found, "edited", error);
    if (found.state !== olds.state) throw new PatternChangedError(scope, found, found.state, error);
    // The pattern is as we know it: the call had no effect, or only the version moved on, as it may when push
    // protection is switched.
    return settle(inputs, found);
  };

  return {
    check: async (_olds, news) => checkInputs(rules, news),

    diff: async (_id, olds, news) => {
      const changed = changedProperties(olds, news, comparators);
      const replaces = changed.filter((property) => property === "scope" || property === "name");
      if (replaces.length === 0 && olds.patternId !== undefined)
        declared.add(idOf(olds.scope, olds.patternId));
      return { changes: changed.length > 0 || olds.patternId === undefined, replaces };
    },

    create: async (inputs) => {
      const { adoptId, scope } = inputs;
      const pattern = async () => {
        if (adoptId !== undefined) return adopt(inputs, adoptId);
        const found = await findNow(inputs);
        return found === undefined ? make(inputs) : claim(inputs, found);
      };
      const outs = outputsOf(inputs, await pattern());
      const id = idOf(scope, outs.patternId);
      declared.add(id);
      return { id, outs };
    },

    read: async (_id, props) => {
      const found = findIn(await open().patterns(props.scope).get(), props);
      if (found === undefined) return {};
      const { patternId: _patternId, slug: _slug, state: _state, version: _version, ...wanted } = props;
      const inputs = present({ ...withDrift(wanted, found), name: found.name });
      const outputs = outputsOf(inputs, found);
      return { id: idOf(inputs.scope, outputs.patternId), props: outputs, inputs };
    },

    update: async (_id, olds, news) => {
      if (olds.patternId === undefined) {
        const found = await findNow(olds);
        const outs = outputsOf(news, await (found === undefined ? make(news) : settle(news, found)));
        declared.add(idOf(news.scope, outs.patternId));
        return { outs };
      }
      try {
        return { outs: outputsOf(news, await patch(news, Number(olds.patternId), olds.version)) };
      } catch (error) {
        const explicable =
          error instanceof AmbiguousOutcomeError ||
          error instanceof NotFoundError ||
          error instanceof VersionConflictError;
        if (!explicable) throw error;
        return { outs: outputsOf(news, await reconcile(news, olds, error)) };
      }
    },

    delete: async (_id, props) => {
      const { scope } = props;
      const destroy = async (patternId: string, version: string | null | undefined): Promise<void> => {
        if (declared.has(idOf(scope, patternId))) return;
        const doomed = { pattern_id: Number(patternId), custom_pattern_version: version ?? null };
        await writing(scope, () => open().api.customPatterns.delete(scope, [doomed], "resolve_alerts"));
      };
      try {
        if (props.patternId !== undefined) return await destroy(props.patternId, props.version);
      } catch (error) {
        if (!(error instanceof NotFoundError || error instanceof VersionConflictError)) throw error;
      }
      // GitHub says "not found" too when the token may not see the scope: only a list without the pattern proves it
      // gone. A pattern that was edited or published goes all the same: its alerts are kept.
      const found = await findNow(props);
      if (found !== undefined) await destroy(String(found.id), found.custom_pattern_version);
    },
  };
};
