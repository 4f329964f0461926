/**
 * The object exists but is not finished: the engine keeps it in the state with these outputs, and the next
 * deployment updates it instead of creating a second one.
 *
 * The engine's host recognises the error by its `id` and `reasons`, not by its class.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/dynamic-provider/index.ts (`grpcResponseFromError`)
 */
export class PartialFailure extends Error {
  readonly id: string;
  readonly properties: object;
  readonly reasons: string[];

  constructor(id: string, properties: object, reasons: string[], cause?: unknown) {
    super(reasons.join("; "), { cause });
    this.name = "PartialFailure";
    this.id = id;
    this.properties = properties;
    this.reasons = reasons;
  }
}
