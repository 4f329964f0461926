/** A block of IPv4 addresses. */
export interface Ipv4Block {
  /** The first address, as a number. */
  first: number;
  prefix: number;
  /** Whether it lies in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16. */
  isPrivate: boolean;
}

const privateBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

const parse = (text: string): { first: number; prefix: number } | undefined => {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [prefix = 0, ...bytes] = match.slice(1).map(Number).reverse();
  if (prefix > 32 || bytes.some((byte) => byte > 255)) return undefined;
  const first = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return first % 2 ** (32 - prefix) === 0 ? { first, prefix } : undefined;
};

const isWithin = (inner: { first: number; prefix: number }, outer: { first: number; prefix: number }) =>
  inner.prefix >= outer.prefix &&
  Math.floor(inner.first / 2 ** (32 - outer.prefix)) === Math.floor(outer.first / 2 ** (32 - outer.prefix));

/** The block, or undefined for a text that is none, or has host bits. */
export const parseIpv4Block = (text: string): Ipv4Block | undefined => {
  const block = parse(text);
  if (block === undefined) return undefined;
  const isPrivate = privateBlocks.some((each) => {
    const outer = parse(each);
    return outer !== undefined && isWithin(block, outer);
  });
  return { ...block, isPrivate };
};

const format = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

/** The first `count` sixteenths of a block, as texts. */
export const sixteenths = (block: Ipv4Block, count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const prefix = block.prefix + 4;
    return `${format(block.first + index * 2 ** (32 - prefix))}/${prefix}`;
  });

/** Whether two blocks share an address. */
export const overlap = (a: Ipv4Block, b: Ipv4Block): boolean => isWithin(a, b) || isWithin(b, a);
