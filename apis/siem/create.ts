import type { Answer, Call } from "../http/call.ts";
import { createHttpClient, type Dialect, type HttpClient, type Transport } from "../http/client.ts";
import type { Connect } from "../http/connection.ts";
import { PlatformError } from "../http/errors.ts";
import { redact } from "../http/redact.ts";
import { Secret } from "../http/secret.ts";
import type { SiemApi } from "./api.ts";
import { datadog } from "./datadog.ts";
import type { Intake } from "./intake.ts";
import { checkedUrl, type SiemKind, type SiemSettings } from "./settings.ts";
import { splunk } from "./splunk.ts";

const intakes: Readonly<Record<SiemKind, Intake>> = { splunk, datadog };

/** As for Slack: a few attempts within half a minute, then whoever called tries again later. */
const retry = { attempts: 3, limitedAttempts: 4, longestWaitMilliseconds: 15_000, totalMilliseconds: 30_000 };

/**
 * A SIEM over a given connection; a connection in `transport` is not looked at. Making it does no I/O: settings that
 * cannot be used are reported by the first call. Events are handed over in order; where one is refused, those before
 * it have been taken, and sending all of them again is harmless: `metadata.uid` tells repeated ones apart.
 */
export const siemApiOver = (connect: Connect, settings: SiemSettings, transport: Transport = {}): SiemApi => {
  const intake = intakes[settings.kind] ?? splunk;
  const { token } = settings;
  const readToken = token instanceof Secret ? async () => token : token;
  // Only one of the vendors has its token where the client looks for it.
  const sent = new Set<string>();

  const dialect: Dialect = {
    name: intake.name,
    explain: (answer) => intake.explain(redact(answer, [...sent])),
    toError: intake.toError,
  };

  let http: HttpClient | undefined;
  const open = (): HttpClient => {
    http ??= createHttpClient(dialect, checkedUrl(settings, intake.name), {
      concurrency: 2,
      timeoutMilliseconds: 10_000,
      retry,
      ...transport,
      connect,
    });
    return http;
  };

  const headers = async () => {
    const value = (await readToken()).reveal();
    sent.add(value);
    return intake.headers(value);
  };

  const failure = ({ object, method, route }: Call, answer: Answer) => ({
    service: intake.name,
    object,
    method,
    route,
    status: answer.status,
    ...dialect.explain(answer),
  });

  return {
    send: async (events) => {
      for (const call of intake.calls(events, settings)) {
        const answer = await open().send({ ...call, headers });
        // A proxy's page or another service at that address is not the SIEM's word.
        if (!intake.isTaken(answer)) throw new PlatformError(failure(call, answer));
      }
    },
  };
};
