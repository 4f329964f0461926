import type { RotationApi } from "../../apis/genesys/api.ts";
import { GenesysError } from "../../apis/genesys/errors.ts";
import type { LeakAction } from "../../core/leak/action.ts";
import type { Verdict } from "../../core/leak/evidence.ts";
import { hasRoom } from "../../core/leak/hourly-cap.ts";
import { type Judgement, judgeCandidates } from "../../core/leak/judgement.ts";
import { isContainedUnrecorded, replaceLeak, untouchedLeak } from "../../core/leak/leak-record.ts";
import { ownershipOf } from "../../core/leak/ownership.ts";
import type { Situation } from "../../core/leak/plan.ts";
import { staged } from "../../core/leak/vault.ts";
import { emptyRecord } from "../../core/rotation/credential-record.ts";
import { actFor } from "../rotator/actor.ts";
import { RotatorError } from "../rotator/errors.ts";
import { settleRotation } from "./aftermath.ts";
import { answerLeak } from "./answer.ts";
import { messageOf, RevokerError } from "./errors.ts";
import { credentialOfClient, examine, type Suspect, withVault } from "./examination.ts";
import { type Findings, readAlert } from "./findings.ts";
import { type Grip, releaseGrip, takeGrip } from "./grip.ts";
import type { HeldCase } from "./held-case.ts";
import { type Inventory, readInventory } from "./inventory.ts";
import type { Leases } from "./leases.ts";
import { containedBefore, recordLook } from "./look-record.ts";
import { successorOf } from "./replacement.ts";
import type { Revoker } from "./revoker.ts";
import { Suspects } from "./suspects.ts";
import { readVault } from "./vaults.ts";
import type { Access } from "./work.ts";

export interface LookOutcome {
  /** It is to be looked at again then. */
  againInSeconds?: number;
}

const outcomeOf = (action: LeakAction): LookOutcome =>
  action.kind === "lookAgain" ? { againInSeconds: action.afterSeconds } : {};

/** One look at one alert. */
class Look {
  readonly #revoker: Revoker;
  readonly #access: Access;
  readonly #leases: Leases;
  readonly #held: HeldCase;

  constructor(revoker: Revoker, access: Access, leases: Leases, held: HeldCase) {
    this.#revoker = revoker;
    this.#access = access;
    this.#leases = leases;
    this.#held = held;
  }

  async run(): Promise<LookOutcome> {
    const { leak } = this.#revoker;
    const github = await this.#access.github;
    const inventory = this.#inventory();
    // Awaited below; until then a failure must not end the process.
    inventory.catch(() => undefined);
    const findings = await readAlert(github, this.#held.of.alert, leak);
    // Nothing can be found out, and nobody knows whether ever: a person has to look.
    if (findings === undefined) return this.#save({ kind: "unknown", because: "failed", retry: false });
    if (findings.patternId === undefined) return {};
    const known = await inventory;
    if (known === undefined)
      return this.#save({ kind: "unknown", because: "clientUnread", retry: true }, findings);
    const suspects = new Suspects(this.#revoker, findings, known);
    const { first } = suspects;
    const isWorthIt = first !== undefined && !leak.decoys.some(({ clientId }) => clientId === first);
    let [judgement, grip] = await Promise.all([
      suspects.examineFirst(),
      isWorthIt ? this.#grip(first, findings, known) : undefined,
    ]);
    if (judgement.verdict.kind !== "live") {
      // What is looked for further afield takes its time: nobody is to wait for it.
      if (grip !== undefined) await releaseGrip(this.#leases, grip);
      grip = undefined;
      judgement = await suspects.find(github, this.#held.of.alert);
    }
    return this.#decide(findings, known, judgement, grip);
  }

  /** Undefined where the platform does not answer, or refuses the credential with which it is called. */
  async #inventory(): Promise<Inventory | undefined> {
    try {
      return await readInventory(await this.#access.master);
    } catch (error) {
      // Refused, or out of reach for longer than a call waits.
      const isRefused =
        error instanceof GenesysError || (error instanceof RotatorError && error.code === "login-refused");
      if (!isRefused) throw error;
      this.#revoker.ports.log.error("The platform cannot be asked for its clients", {
        alert: this.#held.key,
        error: messageOf(error),
      });
      return undefined;
    }
  }

  #until(): number {
    const { ports, leak } = this.#revoker;
    return ports.clock.now() + leak.settings.replaceDeadlineSeconds * 1000;
  }

  #grip(clientId: string, { fingerprint }: Findings, inventory: Inventory, suspect?: Suspect): Promise<Grip> {
    const described = inventory.known(clientId) ?? { answer: { kind: "absent" } };
    const credential = suspect?.credential ?? credentialOfClient(this.#revoker, clientId, described);
    return takeGrip(this.#revoker, this.#leases, { clientId, fingerprint, credential, until: this.#until() });
  }

  async #decide(
    findings: Findings,
    inventory: Inventory,
    judgement: Judgement<Suspect>,
    early: Grip | undefined,
  ): Promise<LookOutcome> {
    const { candidate } = judgement;
    if (candidate === undefined) return this.#save(judgement.verdict, findings);
    const { client, decoys } = { client: candidate.evidence.client, ...this.#revoker.leak };
    const isOurs = client.kind !== "absent" || candidate.credential !== undefined;
    const isDecoy = decoys.some(({ clientId }) => clientId === candidate.clientId);
    const grip =
      early ??
      (isOurs && !isDecoy ? await this.#grip(candidate.clientId, findings, inventory, candidate) : undefined);
    const now = grip?.isLate === true ? await this.#judgeAgain(candidate, findings, inventory) : judgement;
    return this.#answer(findings, inventory, now, now.candidate ?? candidate, grip);
  }

  /** Whoever was waited for may have rotated the client, or stopped it for another alert of the same secret. */
  async #judgeAgain(before: Suspect, findings: Findings, inventory: Inventory): Promise<Judgement<Suspect>> {
    const { clientId, credential } = before;
    const described = await inventory.describe(clientId);
    const now = await examine(this.#revoker, clientId, described, findings);
    if (credential === undefined || now.credential !== undefined) return judgeCandidates([now], false);
    // Known by the store alone.
    const vault = await readVault(this.#revoker.ports, credential.secretArn);
    const { login } = now.evidence;
    const known = withVault(
      { ...before, evidence: { ...before.evidence, login } },
      vault,
      findings.fingerprint,
    );
    return judgeCandidates([known], false);
  }

  #ownership(suspect: Suspect, grip: Grip | undefined) {
    const { declarations, leak } = this.#revoker;
    const { clientId, client, credential, vault, evidence } = suspect;
    const description = client?.description;
    return ownershipOf(
      {
        clientId,
        isOfOrganization: evidence.client.kind !== "absent",
        ...(description === undefined ? {} : { description }),
      },
      { rotation: declarations, leak },
      credential && {
        credentialId: credential.id,
        vault,
        record: grip?.rotation?.known.record ?? emptyRecord,
      },
    );
  }

  async #answer(
    findings: Findings,
    inventory: Inventory,
    { verdict, storeIsStale }: Judgement<Suspect>,
    suspect: Suspect,
    grip: Grip | undefined,
  ): Promise<LookOutcome> {
    const { ports, leak: declared } = this.#revoker;
    const now = ports.clock.now();
    const ownership = this.#ownership(suspect, grip);
    let leak = grip?.leak.record ?? untouchedLeak;
    const isHalfReplaced = leak.inPlace === true && leak.replacedAt === undefined;
    if (
      grip !== undefined &&
      isContainedUnrecorded(leak, verdict.kind === "dead") &&
      !(isHalfReplaced && storeIsStale)
    ) {
      if (isHalfReplaced && staged(suspect.vault, "AWSCURRENT") === undefined)
        throw new RevokerError(
          "store-unread",
          `${suspect.clientId} was given a new secret, and the store cannot be read: whether it has it is not known. The message comes again.`,
        );
      leak = containedBefore(this.#revoker, leak, suspect, now);
      await ports.cases.write(grip.leak.lease, leak);
    }
    if (grip?.credential !== undefined && leak.startedAt !== undefined) {
      const successor = successorOf(grip.credential, grip.key, {
        listed: inventory.listed,
        currentId: staged(suspect.vault, "AWSCURRENT")?.clientId,
        record: grip.rotation?.known.record ?? emptyRecord,
      });
      if (successor !== undefined) leak = replaceLeak(leak, now);
    }
    const cap = declared.settings.hourlyCap;
    const situation: Partial<Situation> & Pick<Situation, "leak" | "hasRoom"> = {
      clientId: suspect.clientId,
      ownership,
      storeIsStale,
      leak,
      hasRoom: grip === undefined || hasRoom(grip.cap.count, grip.key, now, cap),
    };
    // What we stopped goes on to equal the store where the store was read before it had the new secret.
    const isRefuted = verdict.kind !== "live" || verdict.because === "equalsVault";
    const isDone = isRefuted && leak.containedAt !== undefined;
    const wasContained = this.#held.of.containedAt !== undefined;
    const isActing = (action: LeakAction) => action.kind === "contain" || action.kind === "replaceAndContain";
    // Before the case says that it is contained: from then on nobody looks at it again.
    if (grip !== undefined && isDone && !wasContained)
      await settleRotation({ revoker: this.#revoker, grip, suspect, listed: inventory.listed });
    const { action, saved } = recordLook(this.#revoker, this.#held, {
      verdict,
      findings,
      situation,
      ...(isDone ? { done: leak } : {}),
    });
    if (grip === undefined || !isActing(action)) {
      grip?.cap.letGo();
      await saved;
      return outcomeOf(action);
    }
    await answerLeak(
      {
        revoker: this.#revoker,
        held: this.#held,
        grip: { ...grip, leak: { ...grip.leak, record: leak } },
        suspect,
        api: await this.#actor(grip),
        listed: inventory.listed,
        isInUse: action.kind === "replaceAndContain",
        until: this.#until(),
      },
      saved,
    );
    return outcomeOf(this.#held.of.action ?? action);
  }

  /** A credential that is rotated with its own rights is changed with them here as well. */
  async #actor({ credential }: Grip): Promise<RotationApi> {
    const isOwn = credential?.actor === "self" && credential.id !== this.#revoker.declarations.masterId;
    return isOwn ? actFor(this.#revoker.rotator, credential) : this.#access.master;
  }

  async #save(verdict: Verdict, findings?: Findings): Promise<LookOutcome> {
    const situation = { leak: untouchedLeak, hasRoom: true };
    const { action, saved } = recordLook(this.#revoker, this.#held, { verdict, findings, situation });
    await saved;
    return outcomeOf(action);
  }
}

export const look = (
  revoker: Revoker,
  access: Access,
  leases: Leases,
  held: HeldCase,
): Promise<LookOutcome> => new Look(revoker, access, leases, held).run();
