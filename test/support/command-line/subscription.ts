/** What the commands of the README make in Azure. */
export interface Subscription {
  id: string;
  tenantId: string;
  /** The application that `az ad app create` makes, its service principal, and the person who is signed in. */
  clientId: string;
  principalId: string;
  userId: string;
  federatedCredentials: { name: string; subject: string; issuer: string; audiences: string[] }[];
  groups: string[];
  vault?: string;
  secrets: Record<string, string>;
  storageAccount?: string;
  containers: string[];
  blobService?: Record<string, string>;
  managementPolicy?: unknown;
  immutableForDays?: number;
  roleAssignments: { role: string; scope: string; assignee: string }[];
  firewallRules: Record<string, string>[];
}

/** What they make at GitHub. */
export interface Repository {
  owner: string;
  ownerId: string;
  name: string;
  id: string;
  secrets: Record<string, string>;
  /** By environment and name: `staging AZURE_DB_HOST`. */
  environmentSecrets: Record<string, string>;
  /** The workflows that were started by hand. */
  dispatched: { workflow: string; inputs: Record<string, string> }[];
}
