# What is wrong with a statement is said in one line, with the SQLState of PostgreSQL.
CREATE TABLE animals(name TEXT, age INTEGER NOT NULL, d DATE);
SELECT 1 FROM;
! 42601 the statement ends too early
SELECT * FORM animals;
! 42601 unexpected "animals"; did you mean FROM instead of FORM?
SELECT (1 + 2;
! 42601 the statement ends too early
SELECT 1 + ;
! 42601 the statement ends too early
SELECT order FROM animals;
! 42601 "order": it is a reserved word
CREATE TABLE order (x INT);
! 42601 "order": it is a reserved word
DROP TABEL animals;
! 42601 did you mean TABLE?
DELETE animals;
! 42601 unexpected "animals"; expected FROM
MERGE BRANCH main USING OUR;
! 42601 unexpected "OUR"; did you mean OURS?
SELECT name, FROM animals;
! 42601 "FROM": it is a reserved word
SELECT @x;
! 42601 unexpected "@"
SELECT lenght(name) FROM animals;
! 42883 did you mean LENGTH?
SELECT upper(name, 1) FROM animals;
! 42883 UPPER with
SELECT name + d FROM animals;
! 42804 Cannot apply '+' to arguments of type '<VARCHAR> + <DATE>'; expected
SELECT * FROM animals WHERE age;
! 42804 WHERE clause must be a condition
SELECT name, COUNT(*) FROM animals;
! 42803 'name' is not being grouped
SELECT COUNT(COUNT(*)) FROM animals;
! 42803 nested
SELECT * FROM animals WHERE COUNT(*) > 1;
! 42803 illegal in WHERE
SELECT name FROM animals ORDER BY nme;
! 42703 did you mean name?
SELECT name FROM animals ORDER BY 3;
! 42P10 Ordinal
SELECT name FROM animals UNION SELECT name, age FROM animals;
! 42601 Column count mismatch in UNION
SELECT * FROM animals a JOIN animals b;
! 42601 requires a condition
SELECT DATE '2024-13-01';
! 22007 '2024-13-01'
SELECT INTERVAL 'x' DAY;
! 22007 'x'
SELECT 12abc;
! 42601 unexpected "12abc": a space is missing behind the number
SELECT 0x1F;
! 42601 unexpected "0x1F"
SELECT 1_000, 2;
! 42601 unexpected "1_000"
SELECT 1e3x;
! 42601 unexpected "1e3x"
SELECT 1.5e-2x;
! 42601 unexpected "1.5e-2x"
SELECT .5x;
! 42601 unexpected ".5x"
SELECT * FROM animals WHERE age = 1AND name = 'x';
! 42601 unexpected "1AND"
SELECT 1e999;
! 22003 1E999
SELECT CAST(1 AS NOTYPE);
! 42704 no type NOTYPE
CREATE TABLE t(x EMBEDDING);
! 42704 no type EMBEDDING alone; it is written as in EMBEDDING(512)
CREATE TABLE t(x tensor);
! 42704 it is written as in TENSOR(FLOAT32, *, 3)
CREATE TABLE t(x INTEGR);
! 42704 no type INTEGR; did you mean INTEGER?
SELECT (SELECT name, age FROM animals);
! 42601 several columns; expected one
SELECT EXISTS(1);
! 42601 a query is expected, found 1
SELECT ROW_NUMBER() FROM animals;
! 42809 OVER clause
SELECT EXTRACT(FOO FROM d) FROM animals;
! 22023 'FOO'
SELECT * animals;
! 42601 FROM or a comma is missing behind *
SELECT JSON_VALUE(X'00', '$');
! 0A000 no executor can run this query
UPDATE animals SET agee = 1;
! 42703 did you mean age?
# Statements of other databases: what does their work here.
CREATE UNIQUE INDEX i ON animals(name);
! 0A000 there are no indexes to make: rows are found by a PRIMARY KEY or UNIQUE constraint (ALTER TABLE t ADD UNIQUE (c))
CREATE SCHEMA s;
! 0A000 a branch is a schema here; use CREATE BRANCH
CREATE TEMPORARY TABLE t(a INTEGER);
! 0A000 there are no temporary tables; use WITH
CREATE OR REPLACE FUNCTION f() RETURNS INTEGER;
! 0A000 there are no stored functions
DROP SEQUENCE IF EXISTS s;
! 0A000 there are no sequences
GRANT SELECT ON animals TO PUBLIC;
! 0A000 there are no users and no rights in a store
analyze animals;
! 0A000 there is nothing to analyze
REPLACE INTO animals VALUES (1);
! 0A000 use INSERT … ON CONFLICT (key) DO UPDATE, or MERGE INTO
# A statement that begins with a sign.
) SELECT 1;
! 42601 unexpected ")"
@x;
! 42601 unexpected "@"
SELECT * EXCEPT (id) FROM (VALUES (1, 2)) AS v(id, n);
! 42601 a query is expected here; there is no * EXCEPT (columns)
# Columns that differ in case alone could not be told apart.
CREATE TABLE twice (x INTEGER, X INTEGER);
! COLUMN_EXISTS two columns X
CREATE TABLE twice AS SELECT 1 AS a, 2 AS A;
! COLUMN_EXISTS two columns A
# A name that is not in reach is not what it is said to be like.
SELECT a AS c FROM (VALUES (1)) AS v(a) WHERE c > 0;
! 42703 'c' not found in any table; did you mean a or v?
