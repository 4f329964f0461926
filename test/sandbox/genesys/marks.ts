export { assumed, verified } from "../github/marks.ts";

/** Where a simulated behaviour of Genesys Cloud is documented. */
export const sources = {
  sdk: "purecloud-platform-client-v2 262.0.0",
  python: "MyPureCloud/platform-client-sdk-python 257.1.0",
  swagger: "swagger.json of March 2018, platform-client-sdk-python 22496b75",
  cli: "MyPureCloud/platform-client-sdk-cli 166.0.0",
  terraform: "MyPureCloud/terraform-provider-genesyscloud 1.84.1",
  help: "help.mypurecloud.com",
} as const;
