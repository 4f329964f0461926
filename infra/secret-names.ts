import * as pulumi from "@pulumi/pulumi";

/** The name in Secrets Manager of something that the stack names: `PROJECT/STACK/NAME`. */
export const ownSecretName = (name: string): string => `${pulumi.getProject()}/${pulumi.getStack()}/${name}`;

/** The name under which a client's credential is found. */
export const secretNameOf = ({ id, secretName }: { id: string; secretName?: string | undefined }): string =>
  secretName ?? ownSecretName(id);
