import * as iam from "@pulumi/aws/iam/index.js";
import { Provider } from "@pulumi/aws/provider.js";
import { RandomPassword } from "@pulumi/random";

const elsewhere = new Provider("elsewhere", { region: "eu-west-1" });
const password = new RandomPassword("password", { length: 20 });
const role = new iam.Role("role", { assumeRolePolicy: "{}" }, { provider: elsewhere });
new iam.RolePolicy("policy", { role: role.id, policy: password.result }, { provider: elsewhere });

export const roleArn = role.arn;
export const length = password.length;
