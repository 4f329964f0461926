import fc from "fast-check";

/** Arbitrary blocks and addresses; most blocks are narrow, as in an allowlist. */
export const ipv4Block = fc
  .tuple(fc.ipV4(), fc.oneof(fc.integer({ min: 0, max: 32 }), fc.integer({ min: 16, max: 32 })))
  .map(([address, prefix]) => ({ family: 4 as const, address, prefix }));

export const ipv6Block = fc
  .tuple(fc.ipV6(), fc.oneof(fc.integer({ min: 0, max: 128 }), fc.integer({ min: 48, max: 128 })))
  .map(([address, prefix]) => ({ family: 6 as const, address, prefix }));

export const block = fc.oneof(ipv4Block, ipv6Block);

/** The value of an address, computed from its text by our own means, as a check on the library's. */
export const numberOf = (address: string): bigint => {
  if (!address.includes(":"))
    return address.split(".").reduce((value, part) => value * 256n + BigInt(part), 0n);
  const tail = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text = tail
    ? address.slice(0, tail.index) +
      [tail.slice(1, 3), tail.slice(3, 5)]
        .map(([high, low]) => (Number(high) * 256 + Number(low)).toString(16))
        .join(":")
    : address;
  const [head = "", rest] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = rest === undefined || rest === "" ? [] : rest.split(":");
  const zeros = rest === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...zeros, ...right].reduce((value, part) => value * 65_536n + BigInt(`0x${part}`), 0n);
};

export const bitsOf = (family: 4 | 6): bigint => (family === 4 ? 32n : 128n);

/** The first and the last value of a block. */
export const boundsOf = (of: { family: 4 | 6; address: string; prefix: number }): [bigint, bigint] => {
  const size = 1n << (bitsOf(of.family) - BigInt(of.prefix));
  const first = (numberOf(of.address) / size) * size;
  return [first, first + size - 1n];
};
