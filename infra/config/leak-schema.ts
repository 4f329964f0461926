import * as v from "valibot";
import { defaultLeakSettings } from "../../core/leak/declarations.ts";
import { parseIpv4Block } from "./ipv4-block.ts";
import { count, flag, id, positive, text, wholeNumber } from "./rules.ts";

/** What becomes of a leaked secret, and who is told: `runtime: aws` with an organisation on GitHub. */

const defaults = defaultLeakSettings;

const choice = <const T extends readonly string[]>(...values: T) =>
  v.picklist(values, `must be one of ${values.join(", ")}`);

/** On port 443: the functions' network lets nothing else out. */
const address = v.pipe(
  text,
  v.check((value) => {
    const url = URL.parse(value);
    return url?.protocol === "https:" && url.port === "" && url.username === "" && url.password === "";
  }, "must be an https address on port 443, without a user: the functions' network lets nothing else out"),
);

/** https://docs.slack.dev/reference/objects/conversation-object : an id, or a name without its `#`. */
const channel = v.pipe(
  text,
  v.regex(/^[A-Za-z0-9_-]{1,80}$/, "must be a channel's id, or its name without the #"),
);

const slackSchema = v.strictObject({
  /** Everything, for the security team. */
  securityChannel: channel,
  /** For developers of whom no Slack user is known. */
  developerChannel: channel,
  /** Slack user ids by GitHub login. */
  logins: v.optional(
    v.record(
      v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/, "must be a GitHub login")),
      v.pipe(text, v.regex(/^[UW][A-Z0-9]{5,}$/, "must be the id of a Slack user, such as U024BE7LH")),
      "must map GitHub logins to ids of Slack users",
    ),
    {},
  ),
});

/** An IPv4 block that GitHub sends webhooks from: https://api.github.com/meta has them under `hooks`. */
const hookAddress = v.pipe(
  text,
  v.check((value) => {
    const block = parseIpv4Block(value);
    return block !== undefined && !block.isPrivate && block.prefix >= 8;
  }, "must be a public IPv4 block, /8 to /32, without host bits"),
);

export const leakSchema = v.strictObject({
  /** `dryRun`: everything is found out and reported, nothing is touched. */
  mode: v.optional(choice("act", "dryRun"), defaults.mode),
  /** Clients that may be contained within an hour. */
  hourlyCap: v.optional(wholeNumber("clients", 1, 1000), defaults.hourlyCap),
  /** A commit that was older than this when the alert came is history. */
  backfillAgeSeconds: v.optional(wholeNumber("seconds", 3600, 31_536_000), defaults.backfillAgeSeconds),
  backfill: v.optional(choice("hold", "act"), defaults.backfill),
  /** Live clients of the organisation that are not of this stack. */
  unmanagedClients: v.optional(choice("hold", "contain"), defaults.unmanagedClients),
  /** After that a leaked client is contained without a replacement. The function has 120 seconds for everything. */
  replaceDeadlineSeconds: v.optional(wholeNumber("seconds", 1, 60), defaults.replaceDeadlineSeconds),
  /** Clients of this stack that no function contains without a person. */
  protectedClients: v.optional(v.array(id, "must be a list of clients"), []),
  /** Shown in pages and messages. */
  runbookUrl: v.optional(v.pipe(text, v.regex(/^https:\/\/\S+$/, "must be an https address"))),
  slack: slackSchema,
  siem: v.strictObject({ kind: choice("splunk", "datadog"), url: address }),
  /** Raised by one, the webhook gets a new secret; the one before stays good until the next. */
  webhookSecretGeneration: v.optional(count, 0),
  /** Where webhooks may come from; empty: from anywhere, since they are signed. */
  hookAddresses: v.optional(v.array(hookAddress, "must be a list of IPv4 blocks"), []),
  /** Of a GitHub Enterprise with an address of its own. */
  githubApiUrl: v.optional(address),
  /**
   * Whether the stack sets the role with which API Gateway writes logs, which an account has once in each region:
   * false where it has one.
   */
  setApiGatewayRole: v.optional(flag, true),
  /** Repositories of the organisation, by name or as OWNER/NAME, that are guarded. */
  repositories: v.optional(
    v.array(
      v.pipe(text, v.regex(/^([\w.-]+\/)?[\w.-]+$/, "must be the name of a repository, or OWNER/NAME")),
      "must be a list of repositories",
    ),
    [],
  ),
  /** Number of the GitHub team that reviews what could switch scanning off. Required with repositories. */
  reviewTeamId: v.optional(positive),
  /** The reusable workflow that scans. Required with repositories; by commit, since a tag can be moved. */
  scanWorkflow: v.optional(
    v.pipe(
      text,
      v.regex(
        /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml@[0-9a-f]{40}$/,
        "must be OWNER/NAME/.github/workflows/FILE@COMMIT with the full commit",
      ),
    ),
  ),
  /** Number of the GitHub App that deploys this stack, where one does: it commits the workflow files. */
  deployAppId: v.optional(positive),
});

export type LeakConfig = v.InferOutput<typeof leakSchema>;
