/**
 * An answer of an AWS service that is an error, under the name that the service gives it. Secrets Manager and
 * DynamoDB answer 400 to what the caller did wrong.
 */
export class AwsError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}
