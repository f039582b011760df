/** What the commands of the documentation make in Azure. */
export interface Subscription {
  id: string;
  tenantId: string;
  /** The managed identity or application that is made, its service principal, and the person who is signed in. */
  clientId: string;
  principalId: string;
  userId: string;
  federatedCredentials: { name: string; subject: string; issuer: string; audiences: string[] }[];
  groups: string[];
  /** The managed identities; the first one is the one above. */
  identities: { name: string; clientId: string; principalId: string }[];
  vault?: string;
  secrets: Record<string, string>;
  storageAccount?: string;
  containers: string[];
  blobService?: Record<string, string>;
  managementPolicy?: unknown;
  immutableForDays?: number;
  roleAssignments: { role: string; scope: string; assignee: string }[];
  /** Those that are not Azure's own. */
  roles: { Name: string; AssignableScopes: string[]; Actions: string[]; DataActions: string[] }[];
  firewallRules: Record<string, string>[];
}

/** What they make at GitHub. */
export interface Repository {
  owner: string;
  ownerId: string;
  name: string;
  id: string;
  variables: Record<string, string>;
  /** By environment and name: `staging AZURE_DB_HOST`. */
  environmentVariables: Record<string, string>;
  /** The workflows that were started by hand. */
  dispatched: { workflow: string; inputs: Record<string, string> }[];
}
