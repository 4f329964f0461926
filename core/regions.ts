/**
 * The regions of Genesys Cloud, by the AWS name that the vendor's tools use. Hosts are `api.DOMAIN` and
 * `login.DOMAIN`.
 * https://github.com/MyPureCloud/platform-client-sdk-javascript/blob/master/build/src/purecloud-platform-client-v2/PureCloudRegionHosts.js
 */
export const regions = {
  "us-east-1": "mypurecloud.com",
  "us-east-2": "use2.us-gov-pure.cloud",
  "us-west-2": "usw2.pure.cloud",
  "ca-central-1": "cac1.pure.cloud",
  "mx-central-1": "mxc1.pure.cloud",
  "sa-east-1": "sae1.pure.cloud",
  "eu-west-1": "mypurecloud.ie",
  "eu-west-2": "euw2.pure.cloud",
  "eu-central-1": "mypurecloud.de",
  "eu-central-2": "euc2.pure.cloud",
  "eusc-de-east-1": "edee1.eusc-pure.cloud",
  "me-central-1": "mec1.pure.cloud",
  "ap-south-1": "aps1.pure.cloud",
  "ap-southeast-1": "apse1.pure.cloud",
  "ap-southeast-2": "mypurecloud.com.au",
  "ap-northeast-1": "mypurecloud.jp",
  "ap-northeast-2": "apne2.pure.cloud",
  "ap-northeast-3": "apne3.pure.cloud",
} as const;

export type Region = keyof typeof regions;

const names = Object.keys(regions) as Region[];

/**
 * The region that a text names, in any of the forms in use: `eu-central-1`, `eu_central_1`, `mypurecloud.de`,
 * `login.mypurecloud.de`. Undefined where there is no such region.
 */
export const findRegion = (text: string): Region | undefined => {
  const wanted = text.trim().toLowerCase();
  const name = wanted.replaceAll("_", "-");
  const domain = wanted.replace(/^(?:api|apps|login)\./, "");
  return names.find((region) => region === name || regions[region] === domain);
};

/** Every region's name, for messages. */
export const regionNames: readonly string[] = names;
