# New names for the columns of a table count those that * shows, not the hidden ones.
CREATE TABLE e(a INTEGER, b INTEGER, l CLASS_LABEL('u', 'v'));
INSERT INTO e VALUES (0, 1, 'u'), (5, 2, 'v');
SELECT x.p, x.r FROM e AS x(p, q, r);
> 0 | u
> 5 | v
SELECT * FROM e x(p, q, r) WHERE p = 5;
> 5 | 2 | v
SELECT * FROM e AS x(a, b, c) NATURAL JOIN e AS y(a, d, f);
> 0 | 1 | u | 1 | u
> 5 | 2 | v | 2 | v
SELECT * FROM e AS OF BRANCH 'main' AS x(p, q, r) WHERE q = 1;
> 0 | 1 | u
SELECT x.p, (SELECT COUNT(*) FROM e AS y(p, q, r) WHERE y.p < x.p) FROM e AS x(p, q, r);
> 0 | 0
> 5 | 1
SELECT * FROM e AS x(p, q);
! 42P10 table has 3 columns ('a', 'b', 'l')
SELECT * FROM e AS x(p, q, r, s);
! 42P10 alias list has 4
# Names of functions are names of columns where nothing is called.
CREATE TABLE words(id INTEGER PRIMARY KEY, version INTEGER, conflict INTEGER, excluded INTEGER, groups INTEGER, exclude INTEGER, ties INTEGER, others INTEGER, zone INTEGER, nothing INTEGER, tables INTEGER, bool INTEGER, shape INTEGER, mode INTEGER, median INTEGER, now INTEGER, age INTEGER, random INTEGER, pi INTEGER, schema INTEGER, catalog INTEGER);
INSERT INTO words VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21);
SELECT version, conflict, excluded, groups, exclude, ties, others, zone, nothing, tables, bool, shape, mode, median, now, age, random, pi, schema, catalog FROM words;
> 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21
UPDATE words SET version = version + 1 WHERE id = 1 AND version = 2;
= 1
DELETE FROM words WHERE version = 3 AND now = 16 AND random = 18 AND pi = 19;
= 1
# What clients ask where they are: there are no catalogs, a branch is a schema.
SELECT current_database(), current_catalog, current_schema, current_schema(), current_schemas(true), current_schemas(false);
> NULL | NULL | main | main | ["main"] | ["main"]
SELECT current_database, current_schemas FROM (SELECT 1 AS current_database, 2 AS current_schemas) AS t;
> 1 | 2
SELECT version() LIKE 'Versor %', current_user = session_user, current_user = user, current_user IS NOT NULL;
> true | true | true | true
