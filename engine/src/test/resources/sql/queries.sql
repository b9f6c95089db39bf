CREATE TABLE t(id INTEGER, g TEXT, x DOUBLE);
INSERT INTO t VALUES (1, 'a', 1.5), (2, 'a', 2.5), (3, 'b', NULL), (4, NULL, 4);
SELECT count(*) FROM t;
> 4
SELECT * FROM t WHERE _index = 2;
> 3 | b | NULL
SELECT id FROM t WHERE _index BETWEEN 1 AND 2;
> 2
> 3
SELECT t2.id FROM t AS t2 WHERE t2._rowid IN (SELECT _rowid FROM t WHERE g = 'a');
> 1
> 2
# Hidden columns stay out of every kind of star, but for a query's own.
SELECT t.*, _index FROM t WHERE id = 1;
> 1 | a | 1.5 | 0
SELECT * FROM (SELECT _index, id FROM t) s WHERE s.id = 4;
> 3 | 4
TABLE t LIMIT 1;
> 1 | a | 1.5
SELECT * FROM (TABLE t) u WHERE id = 4;
> 4 | NULL | 4.0
(TABLE t) EXCEPT SELECT * FROM t WHERE id > 1;
> 1 | a | 1.5
CREATE TABLE t_copy AS TABLE t;
SELECT * FROM t_copy WHERE id = 1;
> 1 | a | 1.5
DROP TABLE t_copy;
SELECT * FROM t NATURAL JOIN (SELECT id, 'n' AS n FROM t WHERE id < 2) u;
> 1 | a | 1.5 | n
SELECT * FROM t JOIN t AS u USING (id) ORDER BY id LIMIT 1;
> 1 | a | 1.5 | a | 1.5
SELECT id, row_number() OVER (ORDER BY id DESC) FROM t WHERE id < 3;
> 2 | 1
> 1 | 2
SELECT g, sum(x), count(*) FROM t GROUP BY g ORDER BY g NULLS LAST;
> a | 4.0 | 2
> b | NULL | 1
> NULL | 4.0 | 1
SELECT id FROM t ORDER BY x DESC NULLS LAST LIMIT 2 OFFSET 1;
> 2
> 1
SELECT a.id, b.id FROM t a JOIN t b ON a.id < b.id AND b.id < 3;
> 1 | 2
SELECT id FROM t a WHERE EXISTS (SELECT 1 FROM t b WHERE b.g = a.g AND b.id <> a.id) ORDER BY id;
> 1
> 2
SELECT id FROM t WHERE g NOT IN ('b') ORDER BY id;
> 1
> 2
WITH w AS (SELECT id * 10 AS y FROM t) SELECT max(y) FROM w;
> 40
SELECT * FROM t WHERE FALSE;
> (none)
VALUES (1, 'x'), (2, 'y');
> 1 | x
> 2 | y
SELECT CASE WHEN x > 2 THEN 'big' WHEN x IS NULL THEN 'none' ELSE 'small' END FROM t ORDER BY id;
> small
> big
> none
> big
EXPLAIN PLAN FOR SELECT id FROM t WHERE _index = 1;
UPDATE t SET x = (SELECT max(x) FROM t) WHERE id = 1;
SELECT x FROM t WHERE id = 1;
> 4.0
# Tables wait for the one that links them to the others; the columns stay where they were written.
CREATE TABLE ja(a INT, x TEXT);
CREATE TABLE jb(b INT, y TEXT);
CREATE TABLE jc(a INT, b INT);
INSERT INTO ja VALUES (1, 'one'), (2, 'two'), (NULL, 'none');
INSERT INTO jb VALUES (10, 'ten'), (20, 'twenty'), (NULL, 'none');
INSERT INTO jc VALUES (1, 20), (2, 10), (2, NULL), (NULL, 10);
SELECT * FROM ja, jb, jc WHERE ja.a = jc.a AND jb.b = jc.b ORDER BY 1;
> 1 | one | 20 | twenty | 1 | 20
> 2 | two | 10 | ten | 2 | 10
SELECT x, y FROM ja, jb, jc WHERE (ja.a = jc.a AND jb.b = jc.b AND x = 'one') OR (ja.a = jc.a AND jb.b = jc.b AND y = 'ten' AND x < y) ORDER BY 1;
> one | twenty
SELECT count(*) FROM ja, jb, jc WHERE ja.a = jc.a;
> 9
SELECT x, y, d.n FROM ja CROSS JOIN jb JOIN jc ON ja.a = jc.a AND jb.b = jc.b LEFT JOIN (SELECT 10 AS n) d ON d.n = jb.b ORDER BY 1;
> one | twenty | NULL
> two | ten | 10
# Rows that join with none are kept each, equal ones too.
CREATE TABLE few(k SMALLINT, x TEXT);
INSERT INTO few VALUES (2, 'two');
SELECT x FROM few RIGHT JOIN (VALUES (1), (1), (NULL), (NULL), (2)) AS v(a) ON k = a ORDER BY 1;
> two
> NULL
> NULL
> NULL
> NULL
SELECT count(*), count(x) FROM few FULL JOIN (VALUES (1), (1), (3), (3)) AS v(a) ON k > a;
> 4 | 2
# Constants are distinct only where there are rows.
SELECT DISTINCT 1, 'x' FROM few f WHERE f.k = (SELECT max(a) FROM (VALUES (1, 'two'), (7, 'two')) AS v(a, y) WHERE y = f.x);
> (none)
SELECT DISTINCT 1, 'x' FROM few f WHERE f.k = (SELECT max(a) FROM (VALUES (1, 'two'), (2, 'two')) AS v(a, y) WHERE y = f.x);
> 1 | x
# Nor do they change places with the columns they are distinct with.
SELECT k FROM few LEFT JOIN (VALUES (1)) AS v(a) ON k IS NOT NULL WHERE EXISTS (SELECT 1 FROM (SELECT DISTINCT x AS d1, 'c' AS d2, TRUE AS d3, k AS d4 FROM few) y WHERE y.d3 = (few.k < 3));
> 2
SELECT k FROM few LEFT JOIN (VALUES (1)) AS v(a) ON k IS NOT NULL WHERE k = ANY (SELECT d4 FROM (SELECT DISTINCT x AS d1, 'c' AS d2, TRUE AS d3, k AS d4 FROM few) y WHERE y.d3 = (few.k < 3) AND y.d2 = 'c');
> 2
# A subquery in a derived table whose columns are projected twice.
SELECT y.k, d FROM (SELECT (SELECT count(*) FROM ja WHERE ja.a <> z.e) AS d, z.b AS k FROM (SELECT b, 2 AS e FROM jc) z) y LEFT JOIN few ON y.k = few.k ORDER BY 1 NULLS FIRST, 2;
> NULL | 1
> 10 | 1
> 10 | 1
> 20 | 1
# Sums in windows are as wide as sums of groups; groups of NTILE differ by one row at most.
SELECT a, SUM(CAST(a AS BIGINT)) OVER (ORDER BY a), NTILE(4) OVER (ORDER BY a) FROM (VALUES (1), (2), (3), (4), (5), (6)) AS v(a) ORDER BY a;
> 1 | 1 | 1
> 2 | 3 | 1
> 3 | 6 | 2
> 4 | 10 | 2
> 5 | 15 | 3
> 6 | 21 | 4
SELECT CAST(x AS DATE) FROM few;
! 22007 two
CREATE TABLE times(s TEXT, ts TIMESTAMP);
INSERT INTO times VALUES ('a', TIMESTAMP '2024-01-01 00:00:00'), ('b', NULL);
SELECT s FROM times WHERE ts NOT IN (TIMESTAMP '2024-03-31 02:30:00', TIMESTAMP '1971-01-01 00:00:00') AND INITCAP(s) IS NOT NULL;
> a
# Windows over times, to the microsecond.
CREATE TABLE hours(id INTEGER, t TIME(6));
INSERT INTO hours VALUES (1, TIME '10:00:00.000001'), (2, NULL), (3, TIME '23:59:59.999999');
SELECT id, MAX(t) OVER (ORDER BY id), LAG(t) OVER (ORDER BY id), FIRST_VALUE(t) OVER (ORDER BY id DESC), COUNT(t) OVER (ORDER BY t NULLS FIRST) FROM hours ORDER BY id;
> 1 | 10:00:00.000001 | NULL | 23:59:59.999999 | 1
> 2 | 10:00:00.000001 | 10:00:00.000001 | 23:59:59.999999 | 0
> 3 | 23:59:59.999999 | NULL | 23:59:59.999999 | 2
SELECT count(*) FROM hours a RIGHT JOIN hours b ON a.id = b.id AND a.id >= ANY (SELECT c.id FROM hours c WHERE c.id <> b.id);
> 3
# A promise in a condition below an outer join.
SELECT * FROM (SELECT b.t AS e FROM hours a LEFT JOIN hours b ON TIME '00:00:00' <> b.t WHERE TRUE <> ANY (SELECT TRUE FROM hours c WHERE c.id IS DISTINCT FROM 3)) q ORDER BY 1 DESC NULLS LAST;
> (none)
# A column that stands for an OR, within another one.
SELECT k FROM (SELECT k, x IN ('two', 'four') AS b FROM few) WHERE k > 0 AND (b IS TRUE OR k IN (7, 8)) ORDER BY 1;
> 2
# Columns that a join has in common need no table in WHERE.
CREATE TABLE ul(k INTEGER, a INTEGER);
CREATE TABLE ur(k INTEGER, b INTEGER);
INSERT INTO ul VALUES (1, 10), (2, 20), (NULL, 30);
INSERT INTO ur VALUES (2, 5), (3, 6);
SELECT k, a, b FROM ul FULL JOIN ur USING (k) WHERE k > 0 ORDER BY k;
> 1 | 10 | NULL
> 2 | 20 | 5
> 3 | NULL | 6
SELECT * FROM ul NATURAL RIGHT JOIN ur WHERE k = 3 AND EXISTS (SELECT 1 FROM ur x WHERE x.k = ur.k);
> 3 | NULL | 6
SELECT ul.k FROM ul JOIN ur ON ul.k = ur.k WHERE k = 2;
! 42702 ambiguous
CREATE TABLE us(k SMALLINT);
INSERT INTO us VALUES (NULL), (2);
SELECT k, b FROM us LEFT JOIN ur USING (k) ORDER BY b;
> 2 | 5
> NULL | NULL
# A query without a table may have conditions, and is one row.
SELECT 1 WHERE FALSE;
> (none)
SELECT COUNT(*) WHERE FALSE;
> 0
SELECT 2 AS x WHERE NOT EXISTS (SELECT 1 FROM versor.tags) ORDER BY x;
> 2
SELECT 1 UNION ALL SELECT 2 WHERE FALSE;
> 1
SELECT (SELECT a WHERE a > 1) FROM (VALUES (1), (2)) AS v(a);
> NULL
> 2
CREATE TABLE once(a INTEGER);
INSERT INTO once SELECT 5 WHERE NOT EXISTS (SELECT 1 FROM once);
= 1
INSERT INTO once SELECT 5 WHERE NOT EXISTS (SELECT 1 FROM once);
= 0
SELECT * WHERE TRUE;
! 42000 SELECT * requires a FROM clause
