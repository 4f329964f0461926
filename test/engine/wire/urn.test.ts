import {
  isProviderType,
  makeUrn,
  packageOf,
  parseProviderReference,
  providerReference,
  stackUrn,
  urnName,
  urnType,
} from "../../../engine/wire/urn.ts";

const scope = { stack: "dev", project: "shop" };
const stack = stackUrn(scope);

describe("a URN", () => {
  test("carries the types of its parents, but not of the stack", () => {
    const group = makeUrn(scope, stack, "my:index:Group", "g");
    const child = makeUrn(scope, group, "aws:s3/bucket:Bucket", "b");

    expect(stack).toBe("urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
    expect(group).toBe("urn:pulumi:dev::shop::my:index:Group::g");
    expect(child).toBe("urn:pulumi:dev::shop::my:index:Group$aws:s3/bucket:Bucket::b");
    expect(urnType(child)).toBe("aws:s3/bucket:Bucket");
  });

  test("keeps a name with colons whole", () => {
    expect(urnName(makeUrn(scope, undefined, "my:index:T", "a::b"))).toBe("a::b");
  });
});

describe("a provider", () => {
  test("is known by its type, and belongs to a package", () => {
    expect(isProviderType("pulumi:providers:aws")).toBe(true);
    expect(isProviderType("aws:s3/bucket:Bucket")).toBe(false);
    expect(packageOf("pulumi:providers:aws")).toBe("aws");
    expect(packageOf("pulumi-nodejs:dynamic/genesys:OauthClient")).toBe("pulumi-nodejs");
  });

  test("is referred to by URN and id", () => {
    const urn = makeUrn(scope, undefined, "pulumi:providers:aws", "default_7_0_0");

    expect(parseProviderReference(providerReference(urn, "id-1"))).toEqual({ urn, id: "id-1" });
  });
});
