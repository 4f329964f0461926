/** What is right, by path without indexes; a path that is not here takes its parent's. */
const examples: Record<string, string> = {
  region: "region: us-east-1",
  runtime: "runtime: aws",
  "aws:region": "aws:region: us-east-1",
  "github:owner": "github:owner: acme",
  awsAccountId: 'awsAccountId: "123456789012"',
  functions: "functions: { masterClient: aws-secrets-rotator }",
  "functions.logRetentionDays": "logRetentionDays: 90",
  capabilities: "capabilities: { dualSecrets: false, tenantMayDisable: false, inactiveKeepsTokens: false }",
  rotation: "rotation: { skewSeconds: 300, quotaReserve: 10 }",
  "rotation.clientQuota": "clientQuota: 500",
  network: "network: { cidr: 10.40.0.0/20, availabilityZones: [us-east-1a, us-east-1b] }",
  "network.cidr": "cidr: 10.40.0.0/20",
  "network.availabilityZones": "availabilityZones: [us-east-1a, us-east-1b]",
  "network.flowLogRetentionDays": "flowLogRetentionDays: 90",
  "network.disasterRecovery":
    "disasterRecovery: { region: us-west-2, cidr: 10.41.0.0/20, availabilityZones: [us-west-2a, us-west-2b] }",
  alarms: "alarms: { emails: [security@acme.com] }",
  "alarms.topicArn": "topicArn: arn:aws:sns:us-east-1:123456789012:security",
  leak: "leak: { slack: { securityChannel: security, developerChannel: engineering }, siem: { kind: splunk, url: https://http-inputs-acme.splunkcloud.com } }",
  "leak.mode": "mode: act",
  "leak.hourlyCap": "hourlyCap: 20",
  "leak.backfillAgeSeconds": "backfillAgeSeconds: 86400",
  "leak.backfill": "backfill: hold",
  "leak.unmanagedClients": "unmanagedClients: hold",
  "leak.replaceDeadlineSeconds": "replaceDeadlineSeconds: 20",
  "leak.protectedClients": "protectedClients: [crm-integration]",
  "leak.runbookUrl": "runbookUrl: https://wiki.acme.com/runbooks/leaked-credential",
  "leak.slack":
    "slack: { securityChannel: security, developerChannel: engineering, logins: { octocat: U024BE7LH } }",
  "leak.siem": "siem: { kind: splunk, url: https://http-inputs-acme.splunkcloud.com }",
  "leak.webhookSecretGeneration": "webhookSecretGeneration: 1",
  "leak.hookAddresses": "hookAddresses: [192.30.252.0/22, 185.199.108.0/22, 140.82.112.0/20, 143.55.64.0/20]",
  "leak.githubApiUrl": "githubApiUrl: https://api.acme.ghe.com",
  "leak.setApiGatewayRole": "setApiGatewayRole: true",
  "leak.repositories": "repositories: [crm-sync, acme/reporting-jobs]",
  "leak.reviewTeamId": "reviewTeamId: 4711",
  "leak.scanWorkflow":
    "scanWorkflow: acme/genesys-credential-guard/.github/workflows/scan.yml@0123456789abcdef0123456789abcdef01234567",
  "leak.deployAppId": "deployAppId: 123456",
  protect: "protect: true",
  egress: "egress: { primary: [52.204.1.10, 52.204.1.11] }",
  roles: "- { id: crm-integration, name: CRM Integration, permissions: [routing:queue:view] }",
  "roles.permissions": "permissions: [routing:queue:view, analytics:conversationDetail:view]",
  clients:
    "- { id: crm-integration, name: CRM Integration, team: crm, roles: [CRM Integration], allowedIps: [52.204.1.0/24] }",
  "clients.id": "id: crm-integration",
  "clients.name": "name: CRM Integration",
  "clients.team": "team: crm",
  "clients.grantType": "grantType: CLIENT-CREDENTIALS",
  "clients.accessTokenValiditySeconds": "accessTokenValiditySeconds: 3600",
  "clients.roles": "roles: [CRM Integration, { role: Reporting Reader, division: Sales }]",
  "clients.scope": "scope: [users:readonly, routing:readonly]",
  "clients.redirectUris": "redirectUris: [https://crm.acme.com/oauth/callback]",
  "clients.state": "state: active",
  "clients.dateToDelete": "dateToDelete: 2027-01-31T00:00:00.000Z",
  "clients.allowedIps": "allowedIps: [52.204.1.0/24, egress:primary]",
  "clients.secretName": "secretName: Genesys_CRM_Integration_Key",
  "clients.secretGeneration": "secretGeneration: 1",
  "clients.rotation": "rotation: { intervalHours: 168, secretCacheSeconds: 900 }",
  "clients.rotation.strategy": "strategy: blueGreenClients",
  "clients.adoptId": "adoptId: 7de3af06-c0b3-4f9b-af45-72f4a1403797",
  decoys: "- { id: legacy-crm-sync, name: Legacy CRM Sync, roles: [Legacy Reader] }",
  "decoys.accessTokenValiditySeconds": "accessTokenValiditySeconds: 300",
  trapUsers: "- { id: system-backup, name: System Backup, email: system.backup@acme.com }",
  "trapUsers.email": "email: system.backup@acme.com",
  trapQueues: "- { id: vip-escalations, name: VIP Escalations }",
  dataActionCredentials:
    "- { id: order-lookup, name: Order Lookup, awsRoleArn: arn:aws:iam::123456789012:role/genesys-order-lookup }",
  events:
    'events: { name: Security events, awsAccountId: "123456789012", awsRegion: us-east-1, eventSourceSuffix: security, topics: ["v2.audits.entitytype.{id}.entityid.{id}"] }',
  "events.awsAccountId": 'awsAccountId: "123456789012"',
  "events.awsRegion": "awsRegion: us-east-1",
  "events.eventSourceSuffix": "eventSourceSuffix: security",
  "events.topics": 'topics: ["v2.audits.entitytype.{id}.entityid.{id}"]',
  allowlist: "allowlist: { fromClients: true, entries: [52.204.2.0/24], callerAddresses: [52.204.2.7] }",
  secretScanning:
    "secretScanning: { organization: acme, patterns: [{ id: deploy-key, name: Deploy key, pattern: 'acme_[0-9a-f]{32}' }] }",
};

/** The example for a problem's path, such as `clients[3].roles[0]`. */
export const exampleFor = (path: string): string | undefined => {
  const keys = path.replaceAll(/\[\d+\]/g, "").split(".");
  for (let length = keys.length; length > 0; length -= 1) {
    const example = examples[keys.slice(0, length).join(".")];
    if (example !== undefined) return example;
  }
  return undefined;
};
