import { BlockList, isIPv4 } from "node:net";
import ipaddr from "ipaddr.js";

/** Whether an IPv4 CIDR or address has the form that the platform takes. */
export const isIPv4Cidr = (text: string): boolean => {
  const [address = "", prefix, ...rest] = text.split("/");
  return (
    rest.length === 0 &&
    isIPv4(address) &&
    (prefix === undefined || (/^\d{1,2}$/.test(prefix) && Number(prefix) <= 32))
  );
};

/** Whether a CIDR lies in address space that is not reachable from the Internet. */
export const isPrivate = (cidr: string): boolean => {
  const range = ipaddr.IPv4.parse(cidr.split("/")[0] ?? "").range();
  return [
    "private",
    "loopback",
    "linkLocal",
    "carrierGradeNat",
    "unspecified",
    "multicast",
    "broadcast",
  ].includes(range);
};

/** Whether a list lets an address in. An empty list is open. */
export const isAllowed = (allowlist: readonly string[], address: string): boolean => {
  if (allowlist.length === 0) return true;
  const list = new BlockList();
  for (const cidr of allowlist) {
    const [network = "", prefix = "32"] = cidr.split("/");
    if (isIPv4(network)) list.addSubnet(network, Number(prefix), "ipv4");
  }
  return isIPv4(address) && list.check(address, "ipv4");
};
