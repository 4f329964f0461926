/**
 * Inputs whose change replaces a resource, of the types that do something in the sandbox: those that
 * @pulumi/aws 7.48 documents as "Forces new resource", or whose upstream resource is `ForceNew`
 * (https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service). Of every other type any change is
 * an update.
 */
export const replacements: Readonly<Record<string, readonly string[]>> = {
  "aws:apigateway/deployment:Deployment": ["restApi", "triggers"],
  "aws:apigateway/methodSettings:MethodSettings": ["restApi", "stageName", "methodPath"],
  "aws:apigateway/stage:Stage": ["restApi", "stageName"],
  "aws:dynamodb/table:Table": ["name", "hashKey", "rangeKey"],
  "aws:ec2/eip:Eip": ["domain", "networkBorderGroup", "publicIpv4Pool", "address"],
  "aws:iam/role:Role": ["name", "namePrefix", "path"],
  "aws:iam/rolePolicy:RolePolicy": ["name", "namePrefix", "role"],
  "aws:kms/key:Key": ["customerMasterKeySpec", "keyUsage", "multiRegion"],
  "aws:lambda/eventSourceMapping:EventSourceMapping": ["eventSourceArn", "startingPosition"],
  "aws:lambda/function:Function": ["name", "packageType"],
  "aws:lambda/permission:Permission": [
    "action",
    "function",
    "principal",
    "sourceArn",
    "sourceAccount",
    "statementId",
    "qualifier",
  ],
  "aws:scheduler/schedule:Schedule": ["name", "namePrefix", "groupName"],
  "aws:scheduler/scheduleGroup:ScheduleGroup": ["name", "namePrefix"],
  "aws:secretsmanager/secret:Secret": ["name", "namePrefix"],
  "aws:secretsmanager/secretRotation:SecretRotation": ["secretId"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretId", "secretString", "secretBinary"],
  "aws:sqs/queue:Queue": ["name", "namePrefix", "fifoQueue"],
  "aws:wafv2/webAcl:WebAcl": ["name", "scope"],
  "aws:wafv2/webAclAssociation:WebAclAssociation": ["resourceArn", "webAclArn"],
  "github:index/repositoryFile:RepositoryFile": ["repository", "file", "branch"],
  "random:index/randomPassword:RandomPassword": [
    "length",
    "keepers",
    "lower",
    "upper",
    "numeric",
    "special",
    "overrideSpecial",
  ],
  "random:index/randomString:RandomString": [
    "length",
    "keepers",
    "lower",
    "upper",
    "numeric",
    "special",
    "overrideSpecial",
  ],
  "random:index/randomBytes:RandomBytes": ["length", "keepers"],
  "random:index/randomId:RandomId": ["byteLength", "keepers", "prefix"],
  "random:index/randomUuid:RandomUuid": ["keepers"],
};
