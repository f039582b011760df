/*
 * What a server says of objects, in English, as it stands in its sources. `{…}` and `…` are explained in
 * message-templates.ts. What is not in such a list is not shown where rows may stand in it.
 * https://github.com/postgres/postgres/blob/master/src/backend/po
 */

/** Of rows as a whole, which a constraint, an index or a table refuses. The names are those of the catalog, never a row's. */
const ofConstraints = `
new row for relation {name} violates check constraint {name}
new row for relation {name} violates partition constraint
new row violates row-level security policy for table {name}
new row violates row-level security policy {name} for table {name}
duplicate key value violates unique constraint {name}
conflicting key value violates exclusion constraint {name}
insert or update on table {name} violates foreign key constraint {name}
update or delete on table {name} violates foreign key constraint {name} on table {name}
update or delete on table {name} violates RESTRICT setting of foreign key constraint {name} on table {name}
null value in column {name} violates not-null constraint
null value in column {name} of relation {name} violates not-null constraint
domain {domain} does not allow null values
value for domain {domain} violates check constraint {name}
check constraint {name} of relation {name} is violated by some row
partition constraint of relation {name} is violated by some row
updated partition constraint for default partition {name} would be violated by some row
column {name} of relation {name} contains null values
column {name} of table {name} contains null values
column {name} contains null values
could not create unique index {name}
could not create exclusion constraint {name}
no partition of relation {name} found for row
missing data for column {name}
null is not allowed in column {name}
index row size {number} exceeds btree version {number} maximum {number} for index {name}
index row size {number} exceeds maximum {number} for index {name}
index row requires {number} bytes, maximum size is {number}
row is too big: size {number}, maximum size {number}
query would be affected by row-level security policy for table {name}`;

/** Of objects that are named, which may be a name that a row gives: shown as far as it is known from elsewhere. */
const ofNames = `
relation {known} does not exist
relation {known} already exists
{kind} {known} does not exist
{kind} {known} already exists
column {known} does not exist
column {known} of relation {known} does not exist
column {known} of relation {known} already exists
column {known} does not exist in {known}
column {known} named in key does not exist
column {known} referenced in foreign key constraint does not exist
column reference {known} is ambiguous
missing FROM-clause entry for table {known}
record {known} has no field {known}
function {signature} does not exist
function {signature} is not unique
procedure {signature} does not exist
aggregate {signature} does not exist
operator does not exist: …
operator is not unique: …
type {known} is only a shell
collation {known} for encoding {encoding} does not exist
operator class {known} does not exist for access method {known}
operator class {known} does not accept data type {type}
data type {type} has no default operator class for access method {known}
could not identify an equality operator for type {type}
could not identify a comparison function for type {type}
could not identify an ordering operator for type {type}
could not identify a hash function for type {type}
constraint {known} for relation {known} already exists
constraint {known} of relation {known} does not exist
multiple primary keys for table {known} are not allowed
there is no unique constraint matching given keys for referenced table {known}
there is no primary key for referenced table {known}
foreign key constraint {known} cannot be implemented
referenced relation {known} is not a table
number of referencing and referenced columns for foreign key disagree
access method {known} does not support unique indexes
access method {known} does not support included columns
access method {known} does not support multicolumn indexes
access method {known} does not support exclusion constraints
access method {known} does not support ASC/DESC options
operator {known} is not a member of operator family {known}
operator … is not commutative
functions in index expression must be marked IMMUTABLE
functions in index predicate must be marked IMMUTABLE
generation expression is not immutable
could not determine which collation to use for {purpose}
nondeterministic collations are not supported for {purpose}
cannot create index on relation {known}
cannot attach index {known} as a partition of index {known}
partition {known} would overlap partition {known}
child table is missing column {known}
child table is missing constraint {known}
child table {known} has different type for column {known}
column {known} in child table must be marked NOT NULL
constraint {known} conflicts with non-inherited constraint on child table {known}
column {known} is a generated column
cannot insert a non-DEFAULT value into column {known}
cannot insert into column {known}
cannot insert into foreign table {known}
cannot copy to view {known}
materialized view {known} has not been populated
setval: value … is out of bounds for sequence {known} (…)
nextval: reached maximum value of sequence {known} (…)
unrecognized configuration parameter {known}
invalid value for parameter {known}: …
parameter {known} cannot be changed now
permission denied to set parameter {known}
cannot set parameter {known} within security-restricted operation
cannot create temporary table within security-restricted operation
permission denied for {kind} {known}
permission denied for function {known}
permission denied for procedure {known}
permission denied for aggregate {known}
permission denied for large object {number}
must be owner of {kind} {known}
must be owner of function {known}
function {known} already exists with same argument types
must be member of role {known}
must be able to SET ROLE {known}
could not access file {known}: {errno}
could not load library …
could not find function … in file …
could not connect to server {known}
user mapping not found for {known}
foreign-data wrapper {known} has no handler
cache lookup failed for …`;

/** Templates of messages that are about objects. */
export const messagesOnObjects: readonly string[] = [ofConstraints, ofNames].flatMap((list) =>
  list.trim().split('\n'),
);
