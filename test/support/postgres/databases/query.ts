/** Sends SQL to the database to be filled or asked; `client.query.bind(client)` of `pg` is one. */
export type Query = (sql: string) => Promise<{ rows: Record<string, unknown>[] }>;
