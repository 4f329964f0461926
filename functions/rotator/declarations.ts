import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import { RotatorError } from "./errors.ts";

const text = v.pipe(v.string(), v.nonEmpty());
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const credential = v.object({
  id: text,
  owner: v.pipe(v.string(), v.regex(/^guard:[^\s#]+$/)),
  secretArn: text,
  strategy: v.picklist(["blueGreenClients", "overlappingSecrets", "inPlace"]),
  actor: v.picklist(["master", "self"]),
  client: v.object({
    name: text,
    description: v.exactOptional(v.string()),
    accessTokenValiditySeconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
    roleDivisions: v.pipe(v.array(v.object({ roleId: text, divisionId: text })), v.minLength(1)),
    allowlist: v.exactOptional(v.array(text)),
  }),
  intervalSeconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
  secretCacheSeconds: seconds,
});

const declarations = v.object({
  stackPrefix: v.pipe(v.string(), v.regex(/^guard:.+\/$/)),
  region: text,
  masterId: text,
  settings: v.object({
    capabilities: v.object({
      dualSecrets: v.boolean(),
      tenantMayDisable: v.boolean(),
      inactiveKeepsTokens: v.boolean(),
    }),
    skewSeconds: seconds,
    usageWindowSeconds: seconds,
    usageDelaySeconds: seconds,
    usageDeadlineSeconds: seconds,
    quotaReserve: count,
    orphanAgeSeconds: seconds,
    orphansPerSweep: count,
  }),
  credentials: v.array(credential),
});

/** What cannot be true of several credentials at once; undefined where nothing is wrong. */
const contradiction = ({ masterId, stackPrefix, credentials }: RotationDeclarations): string | undefined => {
  const repeated = (values: readonly string[]) => values.find((value, i) => values.indexOf(value) !== i);
  const twice =
    repeated(credentials.map(({ id }) => id)) ??
    repeated(credentials.map(({ owner }) => owner)) ??
    repeated(credentials.map(({ secretArn }) => secretArn));
  if (twice !== undefined) return `${twice} is declared twice`;
  if (!credentials.some(({ id }) => id === masterId))
    return `masterId ${masterId} is none of the credentials`;
  const foreign = credentials.find(({ owner }) => !owner.startsWith(stackPrefix));
  return foreign && `the owner of ${foreign.id} does not begin with ${stackPrefix}`;
};

/** @throws RotatorError bad-declarations, naming every unusable field */
export const parseDeclarations = (value: unknown): RotationDeclarations => {
  const parsed = v.safeParse(declarations, value);
  const problem = parsed.success
    ? contradiction(parsed.output)
    : [...new Set(parsed.issues.map((issue) => v.getDotPath(issue) ?? "the whole"))].join(", ");
  if (!parsed.success || problem !== undefined)
    throw new RotatorError(
      "bad-declarations",
      `declarations.json cannot be used: ${problem}. Deploy the stack again.`,
    );
  return parsed.output;
};

/** The declarations that were deployed with the function's code. */
export const deployedDeclarations = (environment: NodeJS.ProcessEnv): RotationDeclarations =>
  parseDeclarations(
    JSON.parse(readFileSync(join(environment.LAMBDA_TASK_ROOT ?? ".", "declarations.json"), "utf8")),
  );
