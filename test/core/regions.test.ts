import { readFileSync } from "node:fs";
import { findRegion, regionNames, regions } from "../../core/regions.ts";

test("the table is the one of the vendor's SDK", () => {
  const file =
    "node_modules/purecloud-platform-client-v2/src/purecloud-platform-client-v2/PureCloudRegionHosts.js";
  const theirs = [...readFileSync(file, "utf8").matchAll(/(\w+): '([^']+)'/g)].map(
    ([, name = "", domain]) => [name.replaceAll("_", "-"), domain] as const,
  );
  expect(theirs.length).toBeGreaterThan(10);
  expect(regions).toEqual(Object.fromEntries(theirs));
});

test.each([
  ["eu-central-1", "eu-central-1"],
  ["eu_central_1", "eu-central-1"],
  [" EU-Central-1 ", "eu-central-1"],
  ["mypurecloud.de", "eu-central-1"],
  ["login.mypurecloud.de", "eu-central-1"],
  ["api.usw2.pure.cloud", "us-west-2"],
  ["apps.mypurecloud.com.au", "ap-southeast-2"],
  ["mypurecloud.com", "us-east-1"],
])("%p names a region", (text, region) => {
  expect(findRegion(text)).toBe(region);
});

test.each(["", "eu-central-9", "mypurecloud", "example.com", "evil.mypurecloud.de", "toString"])(
  "%p names no region",
  (text) => {
    expect(findRegion(text)).toBeUndefined();
  },
);

test("every region is listed for messages", () => {
  expect(regionNames).toEqual(Object.keys(regions));
});
