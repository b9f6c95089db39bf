# Rows are found by a key where all of its columns are given. EXPLAIN names the columns.
CREATE TABLE t(id BIGINT PRIMARY KEY, code VARCHAR UNIQUE, n INTEGER, UNIQUE (n, code));
INSERT INTO t VALUES (30, 'c', 3), (10, 'a', 1), (20, 'b', 2), (40, NULL, 4), (50, NULL, 5);
EXPLAIN SELECT code FROM t WHERE id = 20;
> BatchProject(code=[$1])
>   BatchFilter(condition=[=($0, 20)])
>     BatchScan(table=[[main, t]], columns=[[id, code]], conditions=[[=($0, 20)]], key=[[id]], chunks=[2 of 2], bytes=[64])
> Executor: batch
SELECT code FROM t WHERE id = 20;
> b
SELECT code FROM t WHERE 20 = id AND n > 5;
SELECT id, code FROM t WHERE id IN (30, 10, 99, 10);
> 30 | c
> 10 | a
EXPLAIN SELECT id FROM t WHERE id = 10 OR id = 20;
> BatchFilter(condition=[SEARCH($0, Sarg[10L:BIGINT, 20L:BIGINT]:BIGINT)])
>   BatchScan(table=[[main, t]], columns=[[id]], conditions=[[SEARCH($0, Sarg[10L:BIGINT, 20L:BIGINT]:BIGINT)]], key=[[id]], chunks=[1 of 1], bytes=[40])
> Executor: batch
SELECT id FROM t WHERE id = 10 AND id = 20;
SELECT id FROM t WHERE code = 'c';
> 30
SELECT id FROM t WHERE code IN ('c', 'b', 'x') ORDER BY id;
> 20
> 30
# NULLs are not found by a key, and not lost by one.
SELECT id FROM t WHERE code IS NULL ORDER BY id;
> 40
> 50
SELECT id FROM t WHERE code = 'a ' OR code = 'A';
SELECT id FROM t WHERE n = 2 AND code = 'b';
> 20
SELECT id FROM t WHERE n IN (1, 2, 3) AND code IN ('a', 'c', 'b') ORDER BY id;
> 10
> 20
> 30
# What a column cannot hold is in no row.
SELECT id FROM t WHERE id = 20.5;
SELECT id FROM t WHERE n = 99999999999999;
SELECT id FROM t WHERE id = 20.0;
> 20
# Some of a key's columns are not enough.
CREATE TABLE pair(a INTEGER, b INTEGER, x TEXT, PRIMARY KEY (a, b));
INSERT INTO pair VALUES (1, 1, 'one'), (1, 2, 'two'), (2, 1, 'three');
EXPLAIN SELECT x FROM pair WHERE a = 1;
> BatchProject(x=[$1])
>   BatchFilter(condition=[=($0, 1)])
>     BatchScan(table=[[main, pair]], columns=[[a, x]], conditions=[[=($0, 1)]], chunks=[2 of 2], bytes=[35])
> Executor: batch
SELECT x FROM pair WHERE a = 1;
> one
> two
EXPLAIN UPDATE pair SET x = 'zwei' WHERE b = 2 AND a = 1;
> BatchProject(_rowid=[$2], value0=[_UTF-8'zwei'])
>   BatchFilter(condition=[AND(=($1, 2), =($0, 1))])
>     BatchScan(table=[[main, pair]], columns=[[a, b, _rowid]], conditions=[[=($1, 2), =($0, 1)]], key=[[a, b]], chunks=[2 of 2], bytes=[24])
> Executor: batch
UPDATE pair SET x = 'zwei' WHERE b = 2 AND a = 1;
= 1
SELECT x FROM pair WHERE a = 1 AND b = 2;
> zwei
# 0.0 and -0.0 are equal, and not the same.
CREATE TABLE f(d DOUBLE PRIMARY KEY);
INSERT INTO f VALUES (0.0), (CAST('-0.0' AS DOUBLE));
EXPLAIN SELECT d FROM f WHERE d = 0.0;
> BatchFilter(condition=[=($0, 0.0E0)])
>   BatchScan(table=[[main, f]], columns=[[d]], conditions=[[=($0, 0.0E0)]], key=[[d]], chunks=[1 of 1], bytes=[16])
> Executor: batch
SELECT COUNT(*) FROM f WHERE d = 0.0;
> 2
# Of decimals the scale is the column's.
CREATE TABLE money(v DECIMAL(10, 2) PRIMARY KEY);
INSERT INTO money VALUES (1.5), (2), (-3.25);
SELECT v FROM money WHERE v = 1.500;
> 1.50
SELECT v FROM money WHERE v IN (2, -3.25, 1.555) ORDER BY v;
> -3.25
> 2.00
INSERT INTO money VALUES (2.00);
! NOT_UNIQUE 2.00 is there already
# Each version finds its own rows.
COMMIT VERSION MESSAGE 'first';
UPDATE t SET id = 21 WHERE id = 20;
= 1
DELETE FROM t WHERE id = 10;
= 1
SELECT id FROM t WHERE id IN (10, 20, 21);
> 21
SELECT code FROM t AS OF COMMIT 'main' WHERE id IN (10, 20, 21) ORDER BY id;
> a
> b
INSERT INTO t VALUES (20, 'b2', 2), (10, 'a', 1);
SELECT id, code FROM t WHERE id IN (10, 20, 21) ORDER BY id;
> 10 | a
> 20 | b2
> 21 | b
OPTIMIZE TABLE t;
SELECT id, code FROM t WHERE id IN (10, 20, 21) ORDER BY id;
> 10 | a
> 20 | b2
> 21 | b
INSERT INTO t VALUES (21, 'q', 1);
! NOT_UNIQUE PRIMARY KEY (id) of t: 21 is there already
RESET BRANCH;
SELECT id, code FROM t WHERE id IN (10, 20, 21) ORDER BY id;
> 10 | a
> 20 | b
INSERT INTO t VALUES (10, 'q', 1);
! NOT_UNIQUE PRIMARY KEY (id) of t: 10 is there already
INSERT INTO t VALUES (21, 'q', 1);
# A row that comes back is found again, and its key is taken.
COMMIT VERSION MESSAGE 'second';
DELETE FROM t WHERE id = 30;
COMMIT VERSION MESSAGE 'third';
INSERT INTO t VALUES (30, 'other', 3);
DELETE FROM t WHERE id = 30;
REVERT COMMIT 'main';
SELECT id, code FROM t WHERE id = 30;
> 30 | c
INSERT INTO t VALUES (30, 'q', 1);
! NOT_UNIQUE 30 is there already
# Keys that come and go, and columns of other names.
CREATE TABLE g(a INTEGER, b TEXT);
INSERT INTO g VALUES (2, 'x'), (1, 'y'), (2, 'z');
ALTER TABLE g ADD CONSTRAINT g_a UNIQUE (a);
! NOT_UNIQUE 2
UPDATE g SET a = 3 WHERE b = 'z';
ALTER TABLE g ADD CONSTRAINT g_a UNIQUE (a);
INSERT INTO g VALUES (3, 'w');
! NOT_UNIQUE 3
ALTER TABLE g RENAME COLUMN a TO c;
EXPLAIN SELECT b FROM g WHERE c = 3;
> BatchProject(b=[$1])
>   BatchFilter(condition=[=($0, 3)])
>     BatchScan(table=[[main, g]], columns=[[c, b]], conditions=[[=($0, 3)]], key=[[c]], chunks=[2 of 2], bytes=[27])
> Executor: batch
SELECT b FROM g WHERE c = 3;
> z
ALTER TABLE g DROP CONSTRAINT g_a;
INSERT INTO g VALUES (3, 'w');
SELECT b FROM g WHERE c = 3;
> z
> w
