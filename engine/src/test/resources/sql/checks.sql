# CHECK constraints: NULL passes, FALSE does not.
CREATE TABLE t(a INTEGER CHECK (a > 0), b INTEGER, c TEXT CONSTRAINT short CHECK (CHAR_LENGTH(c) <= 3), CHECK (a < b));
INSERT INTO t VALUES (1, 2, 'abc'), (NULL, 1, NULL), (3, NULL, '');
= 3
INSERT INTO t VALUES (5, 6, 'x'), (0, 1, 'y');
! CHECK_VIOLATION CHECK t_a_check of t: a > 0 is false for a = 0
SELECT count(*) FROM t;
> 3
INSERT INTO t VALUES (2, 2, 'x');
! CHECK_VIOLATION t_check of t
INSERT INTO t(c) VALUES ('long');
! CHECK_VIOLATION short of t
INSERT INTO t(c) VALUES ('long');
! CHECK_VIOLATION c = 'long'
INSERT INTO t SELECT 9, 8, 'z';
! CHECK_VIOLATION a = 9, b = 8
# UPDATE: conditions over columns that are set and columns that are not.
UPDATE t SET b = 1 WHERE a = 1;
! CHECK_VIOLATION a = 1, b = 1
UPDATE t SET a = a - 1;
! CHECK_VIOLATION t_a_check
UPDATE t SET a = b, b = a + 2 WHERE a = 1;
= 1
SELECT a, b FROM t WHERE c = 'abc';
> 2 | 3
UPDATE t x SET b = 0 WHERE x.c = 'abc';
! CHECK_VIOLATION
# MERGE INTO.
MERGE INTO t USING (VALUES (2, 1), (7, 6)) AS s(k, v) ON t.a = s.k WHEN MATCHED THEN UPDATE SET b = s.v WHEN NOT MATCHED THEN INSERT (a, b) VALUES (s.k, s.k + 1);
! CHECK_VIOLATION a = 2, b = 1
MERGE INTO t USING (VALUES (7, 6)) AS s(k, v) ON t.a = s.k WHEN MATCHED THEN UPDATE SET b = s.v WHEN NOT MATCHED THEN INSERT (a, b) VALUES (s.k, s.v);
! CHECK_VIOLATION a = 7, b = 6
SELECT count(*) FROM t;
> 3
# They are shown.
SELECT constraint_name, check_clause FROM information_schema.check_constraints ORDER BY 1;
> short | CHAR_LENGTH(c) <= 3
> t_a_check | a > 0
> t_check | a < b
SELECT constraint_name, constraint_type FROM information_schema.table_constraints ORDER BY 1;
> short | CHECK
> t_a_check | CHECK
> t_check | CHECK
# They follow a column that is renamed, and go with one that is dropped.
ALTER TABLE t RENAME COLUMN a TO aa;
INSERT INTO t VALUES (-1, 2, '');
! CHECK_VIOLATION aa > 0
ALTER TABLE t DROP COLUMN b;
INSERT INTO t VALUES (-1, '');
! CHECK_VIOLATION t_a_check
SELECT constraint_name FROM information_schema.check_constraints ORDER BY 1;
> short
> t_a_check
# ALTER TABLE: the rows there are have to meet a new condition.
ALTER TABLE t ADD CONSTRAINT big CHECK (aa > 2);
! CHECK_VIOLATION big of t: aa > 2 is false for aa = 2
ALTER TABLE t ADD CONSTRAINT few CHECK (aa < 100);
INSERT INTO t VALUES (100, '');
! CHECK_VIOLATION few
ALTER TABLE t ADD CONSTRAINT FEW CHECK (aa < 100);
! 42710 FEW
ALTER TABLE t DROP CONSTRAINT few;
INSERT INTO t VALUES (100, '');
ALTER TABLE t DROP CONSTRAINT shor;
! 42704 no constraint shor in t; did you mean short?
ALTER TABLE t DROP CONSTRAINT IF EXISTS shor;
ALTER TABLE t ADD CHECK (aa <> 5);
ALTER TABLE t ADD CHECK (aa <> 6);
SELECT constraint_name FROM information_schema.check_constraints ORDER BY 1;
> short
> t_a_check
> t_aa_check
> t_aa_check1
ALTER TABLE t ADD COLUMN d INTEGER DEFAULT 0 CHECK (d > 0);
! CHECK_VIOLATION d = 0
ALTER TABLE t ADD COLUMN d INTEGER DEFAULT 1 CHECK (d > 0);
UPDATE t SET d = DEFAULT;
= 4
UPDATE t SET d = 0;
! CHECK_VIOLATION d = 0
# Keys can be added, named and dropped, too.
CREATE TABLE k(a INTEGER, b INTEGER, CONSTRAINT pair UNIQUE (a, b));
INSERT INTO k VALUES (1, 1), (1, 2), (NULL, 1);
ALTER TABLE k ADD CONSTRAINT single UNIQUE (a);
! NOT_UNIQUE
ALTER TABLE k ADD PRIMARY KEY (b);
! NOT_UNIQUE
ALTER TABLE k ADD PRIMARY KEY (a);
! NOT_NULL
UPDATE k SET b = 3 WHERE a IS NULL;
ALTER TABLE k ADD CONSTRAINT main PRIMARY KEY (b);
INSERT INTO k VALUES (5, 3);
! NOT_UNIQUE PRIMARY KEY (b) of k: 3 is there already
INSERT INTO k(a) VALUES (5);
! NOT_NULL
ALTER TABLE k ADD PRIMARY KEY (a);
! 42P16
ALTER TABLE k DROP CONSTRAINT main;
INSERT INTO k VALUES (5, 3);
INSERT INTO k VALUES (1, 2);
! NOT_UNIQUE
ALTER TABLE k DROP CONSTRAINT pair;
INSERT INTO k VALUES (1, 2);
# What cannot be a condition.
CREATE TABLE bad(a INTEGER CHECK (b > 0));
! 42703 b
CREATE TABLE bad(a INTEGER CHECK (a > (SELECT 1)));
! 0A000 a CHECK reads one row
CREATE TABLE bad(a INTEGER CHECK (SUM(a) > 0));
! 42803 Aggregate
CREATE TABLE bad(a INTEGER CHECK (1 > 0));
! 42P17 reads no column
CREATE TABLE bad(a INTEGER, CHECK (other.a > 0));
! 42P01 other
CREATE TABLE bad(a INTEGER, CHECK (a + 1));
! 42804
CREATE TABLE bad(a INTEGER, CONSTRAINT x CHECK (a > 0), CONSTRAINT x CHECK (a < 0));
! 42710 x
CREATE TABLE bad(a INTEGER, b INTEGER, UNIQUE (a, a));
! 42701 a
SELECT count(*) FROM information_schema.tables WHERE table_name = 'bad';
> 0
# An error in a condition is an error of the statement.
CREATE TABLE d(a INTEGER CHECK (10 / a > 1));
INSERT INTO d VALUES (5);
INSERT INTO d VALUES (0);
! 22012
SELECT count(*) FROM d;
> 1
# Strings that look like columns, names that need quotes.
CREATE TABLE q("my col" TEXT CHECK ("my col" <> '"#0"'), CHECK (q."my col" LIKE 'a%'));
INSERT INTO q VALUES ('ab');
INSERT INTO q VALUES ('"#0"');
! CHECK_VIOLATION "my col"
# A text that is no value of what it is compared with is told before there is a row.
CREATE TABLE wrong(d DATE CHECK (d > 'nonsense'));
! 22007 'nonsense' is no date
CREATE TABLE wrong(d TIMESTAMP CHECK (d > 'nonsense'));
! 22007
CREATE TABLE wrong(d INTEGER CHECK (d IN (1, 'x')));
! 22018 'x' is no number
CREATE TABLE wrong(d UUID, CHECK (d <> 'x'));
! 22P02
CREATE TABLE wrong(d BOOLEAN CHECK (d = 'maybe'));
! 22018
CREATE TABLE wrong(d DATE CHECK (d > CAST('2024-02-30' AS DATE)));
! 22007
CREATE TABLE wrong(d DATE CHECK (d > '2024-01-01' AND d < CAST('2025-01-01' AS DATE)));
ALTER TABLE wrong ADD CHECK (d > 'nonsense');
! 22007
INSERT INTO wrong VALUES (DATE '2024-05-05');
= 1
INSERT INTO wrong VALUES (DATE '2023-05-05');
! CHECK_VIOLATION
DROP TABLE wrong;
# A condition is told as it is typed: names are quoted where they must be.
CREATE TABLE told(age INTEGER CHECK (age BETWEEN 0 AND 150), "my col" TEXT, lo INTEGER, CHECK ("my col" NOT BETWEEN 'a' AND 'b' OR age + 1 BETWEEN (CASE WHEN lo > 0 AND lo < 9 THEN 1 END) AND 9 AND lo > 1));
INSERT INTO told(age) VALUES (200);
! CHECK_VIOLATION CHECK told_age_check of told: age BETWEEN 0 AND 150 is false for age = 200
SELECT constraint_name, check_clause FROM information_schema.check_constraints WHERE constraint_name LIKE 'told%' ORDER BY 1;
> told_age_check | age BETWEEN 0 AND 150
> told_check | "my col" NOT BETWEEN 'a' AND 'b' OR age + 1 BETWEEN CASE WHEN lo > 0 AND lo < 9 THEN 1 ELSE NULL END AND 9 AND lo > 1
