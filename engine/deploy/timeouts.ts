import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";

const unitSeconds: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** Seconds of a Go duration such as `1h30m`. https://pkg.go.dev/time#ParseDuration */
export const durationSeconds = (text: string): number => {
  if (!/^(\d+(\.\d+)?(h|ms|us|µs|ns|m|s))+$/.test(text))
    throw new Error(`invalid duration ${text}: write 90s, 10m or 1h30m`);
  let seconds = 0;
  for (const [, amount = "", unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g))
    seconds += Number(amount) * (unitSeconds[unit] ?? 0);
  return seconds;
};

/** The custom timeouts in seconds, as the state keeps them. Dynamic providers never see them. */
export const timeouts = (
  declared: RegisterResourceRequest.CustomTimeouts | undefined,
): Record<string, number> | undefined => {
  const given = {
    create: declared?.getCreate(),
    update: declared?.getUpdate(),
    delete: declared?.getDelete(),
  };
  const seconds = Object.entries(given).flatMap(([name, text]) =>
    text ? [[name, durationSeconds(text)] as const] : [],
  );
  return seconds.length === 0 ? undefined : Object.fromEntries(seconds);
};
