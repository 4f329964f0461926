import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import * as pulumi from "@pulumi/pulumi";
import { keyPolicy } from "../../iam/key-policy.ts";
import type { AwsPlace } from "../../names.ts";

export interface StoredCredential {
  /** Name of the client in the stack. */
  id: string;
  /** Under which its users find it. */
  secretName: string;
  description: string;
}

export interface CredentialStoreArgs {
  place: AwsPlace;
  credentials: readonly StoredCredential[];
  /** A region that keeps a copy of every secret. */
  replicaRegion?: string | undefined;
  /** Whether secrets and key are protected against deletion, and kept for a time after one. */
  protect: boolean;
}

/** Where every credential of the stack is kept and found: one secret each, encrypted with one key. */
export class CredentialStore extends pulumi.ComponentResource {
  readonly keyArn: pulumi.Output<string>;
  readonly #secrets: ReadonlyMap<string, Secret>;

  constructor(name: string, args: CredentialStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:CredentialStore", name, {}, opts);
    const key = this.#key(name, args);
    this.keyArn = key.arn;
    this.#secrets = new Map(
      args.credentials.map((credential) => [credential.id, this.#secret(credential, args, key)]),
    );
    this.registerOutputs({ keyArn: this.keyArn });
  }

  /** The secret of a client, by its name in the stack. */
  secretArn(id: string): pulumi.Output<string> {
    const secret = this.#secrets.get(id);
    if (secret === undefined) throw new Error(`The store has no secret for "${id}"`);
    return secret.arn;
  }

  #key(name: string, { place, protect }: CredentialStoreArgs): Key {
    const key = new Key(
      name,
      {
        description: "Encrypts the credentials of Genesys Cloud clients",
        enableKeyRotation: true,
        deletionWindowInDays: protect ? 30 : 7,
        policy: keyPolicy(place),
      },
      { parent: this, protect },
    );
    new Alias(name, { name: `alias/${place.prefix}`, targetKeyId: key.keyId }, { parent: this });
    return key;
  }

  #secret({ id, secretName, description }: StoredCredential, args: CredentialStoreArgs, key: Key): Secret {
    const { replicaRegion, protect } = args;
    return new Secret(
      id,
      {
        name: secretName,
        description,
        kmsKeyId: key.arn,
        // Unprotected stacks come and go under the same names, which a deleted secret keeps for its recovery.
        recoveryWindowInDays: protect ? 30 : 0,
        ...(replicaRegion === undefined ? {} : { replicas: [{ region: replicaRegion }] }),
        tags: { Credential: id },
      },
      { parent: this, protect },
    );
  }
}
