/** A policy pack as it is named on the command line. */
export interface PolicyPackChoice {
  /** The folder of PulumiPolicy.yaml. */
  directory: string;
  /** JSON file with the pack's configuration. */
  configFile: string | undefined;
}
