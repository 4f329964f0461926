/**
 * What the Open Cybersecurity Schema Framework 1.6.0 says of two event classes and of the objects in them: every
 * attribute with its type, `!` where it is required, and `@profile` where it belongs to a profile that the event must
 * name. `other` is an object that is not written down here: an event that has one cannot be judged.
 *
 * https://github.com/ocsf/ocsf-schema (branch v1.6.0; profiles cloud, osint, container, data_classification left out)
 */

export type Shape = Readonly<Record<string, Attribute>>;

export interface Attribute {
  type: string;
  isArray: boolean;
  isRequired: boolean;
  profile?: string;
}

const shapeOf = (text: string): Shape => {
  const shape: Record<string, Attribute> = {};
  for (const word of text.trim().split(/\s+/)) {
    const [, name = "", mark, type = "", array, profile] =
      /^(\w+)(!)?:(\w+)(\[\])?(?:@(\w+))?$/.exec(word) ?? [];
    shape[name] = {
      type,
      isArray: array !== undefined,
      isRequired: mark !== undefined,
      ...(profile === undefined ? {} : { profile }),
    };
  }
  return shape;
};

/** Of every event class; an attribute may be required, typed or enumerated further by the class. */
const base = `
  activity_id!:integer activity_name:string category_name:string category_uid!:integer class_name:string
  class_uid!:integer count:integer duration:integer end_time:timestamp enrichments:other[] message:string
  metadata!:metadata observables:observable[] raw_data:string raw_data_hash:fingerprint raw_data_size:integer
  severity:string severity_id!:integer start_time:timestamp status:string status_code:string status_detail:string
  status_id:integer time!:timestamp timezone_offset:integer type_name:string type_uid!:integer unmapped:json`;

const securityControl = `
  action:string@security_control action_id:integer@security_control attacks:attack[]@security_control
  authorizations:other[]@security_control disposition:string@security_control
  disposition_id:integer@security_control firewall_rule:other@security_control`;

/** `class_uid` to what it is called, its category and its attributes. */
export const classes: Readonly<Record<number, { name: string; category: number; shape: Shape }>> = {
  2004: {
    name: "detection_finding",
    category: 2,
    shape: shapeOf(`${base} ${securityControl}
      actor:actor@host anomaly_analyses:other[] assignee:user@incident assignee_group:group@incident comment:string
      confidence:string confidence_id:integer confidence_score:integer device:other evidences:evidences[]
      finding_info!:finding_info impact:string impact_id:integer impact_score:integer is_alert:boolean
      is_suspected_breach:boolean@incident malware:other[] malware_scan_info:other policy:other@security_control
      priority:string@incident priority_id:integer@incident remediation:other resources:resource_details[]
      risk_details:string risk_level:string risk_level_id:integer risk_score:integer src_url:string@incident
      ticket:other@incident tickets:other[]@incident vendor_attributes:other verdict:string@incident
      verdict_id:integer@incident vulnerabilities:other[]`),
  },
  3001: {
    name: "account_change",
    category: 3,
    shape: shapeOf(`${base} ${securityControl}
      actor:actor confidence:string@security_control confidence_id:integer@security_control
      confidence_score:integer@security_control device:other@host http_request:other http_response:other
      is_alert:boolean@security_control malware:other[]@security_control malware_scan_info:other@security_control
      policies:other[] policy:other risk_details:string@security_control risk_level:string@security_control
      risk_level_id:integer@security_control risk_score:integer@security_control src_endpoint:other user!:user
      user_result:user`),
  },
};

const named = "name:string src_url:string uid:string";

export const objects: Readonly<Record<string, Shape>> = Object.fromEntries(
  Object.entries({
    metadata: `correlation_uid:string debug:string[] event_code:string extension:other extensions:other[]
      is_truncated:boolean labels:string[] log_level:string log_name:string log_provider:string log_version:string
      logged_time:timestamp loggers:other[] modified_time:timestamp original_time:string processed_time:timestamp
      product!:product profiles:string[] sequence:integer tags:other[] tenant_uid:string
      transformation_info_list:other[] uid:string untruncated_size:integer version!:string`,
    product: `cpe_name:string feature:other lang:string name:string path:string uid:string url_string:string
      vendor_name:string version:string`,
    finding_info: `analytic:analytic attack_graph:other attacks:attack[] created_time:timestamp
      data_sources:string[] desc:string first_seen_time:timestamp kill_chain:other[] last_seen_time:timestamp
      modified_time:timestamp product:product product_uid:string related_analytics:analytic[]
      related_events:other[] related_events_count:integer src_url:string tags:other[] title:string traits:other[]
      types:string[] uid!:string uid_alt:string`,
    analytic: `algorithm:string category:string desc:string name:string related_analytics:analytic[] state:string
      state_id:integer type:string type_id!:integer uid:string version:string`,
    attack: `mitigation:other sub_technique:sub_technique tactic:tactic tactics:tactic[] technique:technique
      version:string`,
    tactic: named,
    technique: named,
    sub_technique: named,
    resource_details: `agent_list:other[] created_time:timestamp criticality:string data:json group:group
      hostname:string ip:string is_backed_up:boolean labels:string[] modified_time:timestamp name:string
      namespace:string owner:user resource_relationship:other role:string role_id:integer tags:other[] type:string
      uid:string uid_alt:string version:string`,
    user: `account:other credential_uid:string display_name:string domain:string email_addr:string
      forward_addr:string full_name:string groups:group[] has_mfa:boolean ldap_person:other name:string org:other
      phone_number:string programmatic_credentials:other[] risk_level:string risk_level_id:integer
      risk_score:integer type:string type_id:integer uid:string uid_alt:string`,
    actor: `app_name:string app_uid:string authorizations:other[] idp:other invoked_by:string process:other
      session:other user:user`,
    evidences: `actor:actor api:other connection_info:other container:other data:json database:other
      databucket:other device:other dst_endpoint:other email:other file:file http_request:other
      http_response:other ja4_fingerprint_list:other[] job:other name:string process:other query:other
      resources:resource_details[] script:other src_endpoint:other tls:other uid:string url:other user:user
      verdict:string verdict_id:integer`,
    file: `accessed_time:timestamp accessor:user attributes:integer company_name:string confidentiality:string
      confidentiality_id:integer created_time:timestamp creator:user desc:string drive_type:string
      drive_type_id:integer encryption_details:other ext:string hashes:fingerprint[] internal_name:string
      is_deleted:boolean is_encrypted:boolean is_readonly:boolean is_system:boolean mime_type:string
      modified_time:timestamp modifier:user name!:string owner:user parent_folder:string path:string
      product:product security_descriptor:string signature:other size:integer tags:other[] type:string
      type_id!:integer uid:string uri:string url:other version:string volume:string xattributes:json`,
    observable: "name:string reputation:other type:string type_id!:integer value:string",
    fingerprint: "algorithm:string algorithm_id!:integer value!:string",
    group: "desc:string domain:string name:string privileges:string[] type:string uid:string",
  }).map(([name, text]) => [name, shapeOf(text)]),
);

const byNameOrUid = ["name", "uid"];

/** At least one of these attributes must be there. */
export const atLeastOne: Readonly<Record<string, readonly string[]>> = {
  product: byNameOrUid,
  analytic: byNameOrUid,
  tactic: byNameOrUid,
  technique: byNameOrUid,
  sub_technique: byNameOrUid,
  resource_details: byNameOrUid,
  group: byNameOrUid,
  attack: ["tactic", "technique", "sub_technique"],
  user: ["account", "name", "uid"],
  actor: ["process", "user", "invoked_by", "session", "app_name", "app_uid"],
  evidences: [
    ...[
      "actor",
      "api",
      "connection_info",
      "data",
      "database",
      "databucket",
      "device",
      "dst_endpoint",
      "email",
    ],
    ...["file", "process", "query", "resources", "src_endpoint", "url", "user", "job", "script"],
  ],
};

/** Captions by value, where the schema enumerates one. Value 99 is `Other`, whose caption is the source's own. */
export const enumerations: Readonly<Record<string, readonly string[]>> = {
  "detection_finding.activity_id": ["Unknown", "Create", "Update", "Close"],
  "detection_finding.status_id": [
    ...["Unknown", "New", "In Progress", "Suppressed", "Resolved", "Archived", "Deleted"],
  ],
  "detection_finding.verdict_id": [
    ...["Unknown", "False Positive", "True Positive", "Disregard", "Suspicious", "Benign", "Test"],
    ...["Insufficient Data", "Security Risk", "Managed Externally", "Duplicate"],
  ],
  "account_change.activity_id": [
    ...[
      "Unknown",
      "Create",
      "Enable",
      "Password Change",
      "Password Reset",
      "Disable",
      "Delete",
      "Attach Policy",
    ],
    ...["Detach Policy", "Lock", "MFA Factor Enable", "MFA Factor Disable", "Unlock"],
  ],
  "account_change.status_id": ["Unknown", "Success", "Failure"],
  severity_id: ["Unknown", "Informational", "Low", "Medium", "High", "Critical", "Fatal"],
  confidence_id: ["Unknown", "Low", "Medium", "High"],
  "analytic.type_id": [
    ...["Unknown", "Rule", "Behavioral", "Statistical", "Learning (ML/DL)", "Fingerprinting", "Tagging"],
    ...[
      "Keyword Match",
      "Regular Expressions",
      "Exact Data Match",
      "Partial Data Match",
      "Indexed Data Match",
    ],
  ],
  "resource_details.role_id": ["Unknown", "Target", "Actor", "Affected", "Related"],
  "user.type_id": ["Unknown", "User", "Admin", "System", "Service"],
  "file.type_id": [
    ...[
      "Unknown",
      "Regular File",
      "Folder",
      "Character Device",
      "Block Device",
      "Local Socket",
      "Named Pipe",
    ],
    ...["Symbolic Link", "Executable File"],
  ],
};
