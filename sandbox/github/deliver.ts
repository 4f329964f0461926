import { isLoopback } from "../../apis/http/base-url.ts";

/** What a receiver answered. Rejects where none did. */
export type Deliver = (
  url: string,
  /** As GitHub spells their names. */
  headers: Readonly<Record<string, string>>,
  rawBody: string,
) => Promise<{ status: number }>;

/** By HTTP POST, to this machine alone: nothing that the sandbox makes up may leave it. */
export const deliverToLoopback: Deliver = async (url, headers, rawBody) => {
  if (!isLoopback(url))
    throw new Error(`The sandbox delivers to this machine alone, not to ${new URL(url).host}.`);
  const response = await fetch(url, { method: "POST", headers, body: rawBody, redirect: "manual" });
  await response.arrayBuffer();
  return { status: response.status };
};
