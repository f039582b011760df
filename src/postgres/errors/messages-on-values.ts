/*
 * What a server says of values, in English, with the values left out. `{…}` and `…` are explained in message-templates.ts.
 */

/** Of input, and of what does not fit into a type. */
const ofInput = `
invalid input syntax for type {type}
invalid input syntax for type {type}: …
value … is out of range for type {type}
value too long for type {type}
value out of range: overflow
value out of range: underflow
value overflows numeric format
numeric field overflow
{type} out of range
{type} out of range: …
bit string length {number} does not match type {type}
bit string too long for type {type}
date/time field value out of range: …
date/time value … is no longer supported
interval field value out of range: …
time zone displacement out of range: …
time zone … not recognized
input is out of range
result is out of range
invalid input value for enum {known}: …
invalid input value for domain {known}: …
invalid byte sequence for encoding {encoding}: …
invalid byte sequence for encoding {encoding}
character with byte sequence … in encoding {encoding} has no equivalent in encoding {encoding}
malformed array literal: …
malformed record literal: …
malformed range literal: …
malformed multirange literal: …
range lower bound must be less than or equal to range upper bound
invalid value … for …
invalid value for …
invalid name syntax
string is not a valid identifier: …
invalid size: …
invalid parameter list format: …
index {number} out of valid range, {number}
{type} syntax error at character {number}
syntax error in hstore: unexpected end of string
bad seg representation
improper qualified name (too many dotted names): …
improper relation name (too many dotted names): …
extra data after last expected column
unterminated CSV quoted field
literal carriage return found in data
literal newline found in data
end-of-copy marker corrupt
invalid number: …
invalid cidr value: …
invalid octet value in … value: …
invalid hexadecimal digit: …
invalid hexadecimal data: odd number of digits
invalid symbol … found while decoding base64 sequence
invalid base64 end sequence
invalid encoding name …
unrecognized encoding: …
invalid source encoding name …
invalid destination encoding name …
invalid locale name: …
invalid Unicode escape
invalid Unicode escape value
invalid Unicode code point
invalid Unicode surrogate pair
unsupported Unicode escape sequence
null character not permitted
requested character too large
requested character not valid for encoding …
requested length too large
requested length cannot be negative
negative substring length not allowed
string is too long for tsvector ({number} bytes, max {number} bytes)
string is too long to represent as jsonb string
string too long to represent as jsonb string
word is too long in tsquery: …
word is too long ({number} bytes, max {number} bytes)
syntax error in tsquery: …
syntax error in tsvector: …
no operand in tsquery: …
too many columns`;

/** Of calculations, arrays, JSON, patterns, XML and formats. */
const messagesOfFunctions = `
division by zero
… is out of range for type {type}
factorial of a negative number is undefined
Wrong key or corrupt data
cannot take logarithm of zero
cannot take logarithm of a negative number
cannot take square root of a negative number
zero raised to a negative power is undefined
a negative number raised to a non-integer power yields a complex result
cannot convert NaN to {type}
cannot convert infinity to {type}
cannot cast jsonb array or object to type {type}
cannot cast jsonb array to type {type}
cannot cast jsonb boolean to type {type}
cannot cast jsonb null to type {type}
cannot cast jsonb numeric to type {type}
cannot cast jsonb object to type {type}
cannot cast jsonb string to type {type}
cannot cast type {type} to {type}
cannot call … on a non-array
cannot call … on a non-object
cannot call … on a scalar
cannot call … on an array
cannot call … on an object
cannot get array length of a non-array
cannot get array length of a scalar
cannot extract elements from a scalar
cannot extract elements from an object
cannot deconstruct a scalar
cannot deconstruct an array as an object
cannot set path in scalar
cannot delete from scalar
argument {number}: key must not be null
argument {number} cannot be null
field name must not be null
null value not allowed for object key
JSON object key value must not be null
duplicate JSON object key value
malformed JSON array
argument list must have even number of elements
array must have even number of elements
mismatched array dimensions
path element at position {number} is not an integer: …
argument … of jsonpath item method … is invalid for type {type}
date format is not recognized: …
datetime format is not recognized: …
invalid datetime format separator: …
jsonpath member accessor can only be applied to an object
jsonpath wildcard array accessor can only be applied to an array
jsonpath array accessor can only be applied to an array
jsonpath array subscript is out of bounds
JSON object does not contain key …
could not find jsonpath variable …
array subscript out of range
array must not contain nulls
array size exceeds the maximum allowed ({number})
number of array dimensions ({number}) exceeds the maximum allowed ({number})
cannot concatenate incompatible arrays
cannot accumulate arrays of different dimensionality
multidimensional arrays must have array expressions with matching dimensions
null array element not allowed in this context
invalid regular expression: …
invalid regexp option: …
invalid regular expression option: …
invalid escape string
LIKE pattern must not end with escape character
field position must not be zero
unit … not recognized for type {type}
unit … not supported for type {type}
{type} units … not recognized
{type} units … not supported
unrecognized format() type specifier …
too few arguments for format()
invalid normalization form: …
invalid XML content
invalid XML document
invalid XML comment
invalid XML processing instruction
not an XML document
could not parse XML document
error parsing XML document
could not create XPath object
invalid XPath expression
could not determine polymorphic type because input has type unknown
more than one row returned by a subquery used as an expression
step size cannot equal zero
count must be greater than zero
lower bound cannot equal upper bound
invalid mask length: …
invalid argument for SQL function …
text search configuration name … must be schema-qualified
date out of range for timestamp
timestamp out of range
timestamp cannot be NaN
bigint out of range`;

/** Templates of messages that are about values. */
export const messagesOnValues: readonly string[] = [ofInput, messagesOfFunctions].flatMap((list) =>
  list.trim().split('\n'),
);
