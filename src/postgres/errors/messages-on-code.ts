/* What a server says of functions and their statements, in English, as in messages-on-objects.ts; and what it advises. */

/** Of functions in PL/pgSQL and in SQL, and of the statements in them. */
const ofLanguages = `
syntax error
syntax error at end of input
syntax error at or near …
control reached end of function without RETURN
query returned no rows
query returned more than one row
query has no destination for result data
structure of query does not match function result type
returned record type does not match expected record type
return type mismatch in function declared to return {type}
case not found
infinite recursion detected
FOREACH expression must not be null
query string argument of EXECUTE is null
null value cannot be assigned to variable {known} declared NOT NULL
invalid transaction termination
{command} is not allowed in a non-volatile function
set-returning functions are not allowed in …
set-valued function called in context that cannot accept a set
materialize mode required, but it is not allowed in this context
function result type must be {type}`;

/** What the server advises in such cases, as far as it says what the message does not. */
const hints = `
No function matches the given name and argument types. You might need to add explicit type casts.
No operator matches the given name and argument types. You might need to add explicit type casts.
No operator matches the given name and argument type. You might need to add an explicit type cast.
You must specify an operator class for the index or define a default operator class for the data type.
Could not choose a best candidate function. You might need to add explicit type casts.
Perhaps you need a different "datestyle" setting.
Use the COLLATE clause to set the collation explicitly.
See server log for query details.
Check free disk space.
You might need to increase max_locks_per_transaction.
You might need to increase "max_locks_per_transaction".
Increase the configuration parameter max_stack_depth (currently {number}kB), after ensuring the platform's stack depth limit is adequate.
Increase the configuration parameter "max_stack_depth" (currently {number}kB), after ensuring the platform's stack depth limit is adequate.
Values larger than 1/3 of a buffer page cannot be indexed.
Use the REFRESH MATERIALIZED VIEW command.
Create a unique index with no WHERE clause on one or more columns of the materialized view.
In a moment you should be able to reconnect to the database and repeat your command.
There is a column named {known} in table {known}, but it cannot be referenced from this part of the query.`;

/** Templates of messages that are about functions, and of hints. */
export const messagesOnCode: readonly string[] = [ofLanguages, hints].flatMap((list) =>
  list.trim().split('\n'),
);
