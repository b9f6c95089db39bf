# A subquery that is a value gives one row at most, for each row that uses the value: that others have more says nothing.
CREATE TABLE t(id INTEGER, k INTEGER);
CREATE TABLE u(id INTEGER, x INTEGER);
INSERT INTO t VALUES (1, 10), (2, 20), (3, 30);
INSERT INTO u VALUES (1, 5), (2, 6), (2, 7);
SELECT id, (SELECT x FROM u WHERE u.id = t.id) FROM t WHERE id <> 2;
> 1 | 5
> 3 | NULL
SELECT id, (SELECT x FROM u WHERE u.id = t.id) FROM t;
! 21000 a subquery used as a value gave more than one row
SELECT id, (SELECT x FROM u) FROM t WHERE id > 5;
SELECT id, (SELECT x FROM u) FROM t;
! 21000 a subquery used as a value gave more than one row
SELECT id, CASE WHEN id <> 2 THEN (SELECT x FROM u WHERE u.id = t.id) END FROM t;
> 1 | 5
> 2 | NULL
> 3 | NULL
SELECT id, CASE WHEN id <> 2 THEN 1 ELSE (SELECT x FROM u WHERE u.id = t.id) END FROM t;
! 21000 a subquery used as a value gave more than one row
SELECT id, CASE WHEN id > 5 THEN (SELECT x FROM u) END FROM t;
> 1 | NULL
> 2 | NULL
> 3 | NULL
SELECT id, COALESCE(k, (SELECT x FROM u WHERE u.id = t.id)) FROM t;
> 1 | 10
> 2 | 20
> 3 | 30
SELECT id FROM t WHERE id <> 2 AND (SELECT x FROM u WHERE u.id = t.id) = 5;
> 1
SELECT id FROM t WHERE (SELECT x FROM u WHERE u.id = t.id) = 5 AND id <> 2;
> 1
SELECT id FROM t WHERE id = 2 OR (SELECT x FROM u WHERE u.id = t.id) = 5;
> 1
> 2
SELECT id FROM t WHERE (SELECT x FROM u WHERE u.id = t.id) = 5;
! 21000 a subquery used as a value gave more than one row
SELECT id FROM t ORDER BY CASE WHEN id = 2 THEN 100 ELSE (SELECT x FROM u WHERE u.id = t.id) END;
> 1
> 2
> 3
SELECT id, (SELECT x FROM u WHERE u.id = t.id) FROM t ORDER BY id LIMIT 1;
> 1 | 5
SELECT id, (SELECT x FROM u WHERE u.id = t.id) FROM t LIMIT 1;
> 1 | 5
SELECT id, (SELECT x FROM u WHERE u.id = t.id) FROM t ORDER BY k DESC LIMIT 1;
> 3 | NULL
SELECT id, (SELECT x FROM u WHERE u.id = t.id) FROM t ORDER BY k DESC LIMIT 2;
! 21000 a subquery used as a value gave more than one row
SELECT t.id, (SELECT x FROM u WHERE u.id = t.id) FROM t JOIN (VALUES (1), (3)) AS v(i) ON v.i = t.id;
> 1 | 5
> 3 | NULL
SELECT id, SUM(k) FROM t GROUP BY id HAVING id <> 2 AND (SELECT x FROM u WHERE u.id = t.id) = 5;
> 1 | 10
SELECT id, (SELECT (SELECT x FROM u WHERE u.id = b.id) FROM t AS b WHERE b.id = a.id AND b.id <> 2) FROM t AS a;
> 1 | 5
> 2 | NULL
> 3 | NULL
SELECT id, (SELECT (SELECT x FROM u WHERE u.id = b.id AND a.k > 1) FROM t AS b WHERE b.id = a.id AND b.id <> 2) FROM t AS a;
> 1 | 5
> 2 | NULL
> 3 | NULL
SELECT id, (SELECT (SELECT x FROM u WHERE u.id = b.id) FROM t AS b WHERE b.id = a.id) FROM t AS a;
! 21000 a subquery used as a value gave more than one row
UPDATE t SET k = (SELECT x FROM u WHERE u.id = t.id) WHERE id <> 2;
= 2
SELECT * FROM t;
> 1 | 5
> 2 | 20
> 3 | NULL
UPDATE t SET k = (SELECT x FROM u WHERE u.id = t.id);
! 21000 a subquery used as a value gave more than one row
SELECT * FROM t;
> 1 | 5
> 2 | 20
> 3 | NULL
DELETE FROM t WHERE id = 3 AND (SELECT x FROM u WHERE u.id = t.id) IS NULL;
= 1
SELECT * FROM t;
> 1 | 5
> 2 | 20
CREATE TABLE w(id INTEGER, d DECIMAL(10,2), s TEXT, ts TIMESTAMP, tm TIME, e TENSOR(FLOAT32, 2), l TEXT ARRAY, c CLASS_LABEL('a','b'), yb VARBINARY(10), uu UUID, b BOOLEAN, f REAL, tz TIMESTAMP WITH TIME ZONE, dt DATE, ti TENSOR(INT8), u8 TENSOR(UINT64));
INSERT INTO w(id, d, s, ts, tm, e, l, c, yb, b, f, dt) VALUES (1, 1.25, 'x', TIMESTAMP '2020-01-01 10:00:00.123456', TIME '10:00:00', ARRAY[1, 2], ARRAY['p'], 'b', X'00ff', TRUE, 1.5, DATE '2020-01-01');
SELECT (SELECT d FROM w WHERE w.id = t.id), (SELECT s FROM w WHERE w.id = t.id), (SELECT ts FROM w WHERE w.id = t.id), (SELECT tm FROM w WHERE w.id = t.id), (SELECT e FROM w WHERE w.id = t.id), (SELECT l FROM w WHERE w.id = t.id), (SELECT c FROM w WHERE w.id = t.id) , (SELECT yb FROM w WHERE w.id = t.id), (SELECT uu FROM w WHERE w.id = t.id), (SELECT b FROM w WHERE w.id = t.id), (SELECT f FROM w WHERE w.id = t.id), (SELECT tz FROM w WHERE w.id = t.id), (SELECT dt FROM w WHERE w.id = t.id), (SELECT u8 FROM w WHERE w.id = t.id) FROM t;
> 1.25 | x | 2020-01-01 10:00:00.123456 | 10:00:00 | [1.0, 2.0] | ["p"] | b | 00ff | NULL | true | 1.5 | NULL | 2020-01-01 | NULL
> NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
SELECT (SELECT d FROM w), (SELECT s FROM w), (SELECT ts FROM w), (SELECT e FROM w), (SELECT l FROM w), (SELECT c FROM w), (SELECT yb FROM w), (SELECT uu FROM w), (SELECT b FROM w), (SELECT u8 FROM w);
> 1.25 | x | 2020-01-01 10:00:00.123456 | [1.0, 2.0] | ["p"] | b | 00ff | NULL | true | NULL
SELECT (SELECT x FROM u);
! 21000 a subquery used as a value gave more than one row
SELECT 1 WHERE (SELECT x FROM u) = 1;
! 21000 a subquery used as a value gave more than one row
SELECT (SELECT x FROM u WHERE x > 100);
> NULL
SELECT id, (SELECT id FROM u WHERE u.x = t.k UNION ALL SELECT 9) FROM t WHERE id < 0;
SELECT id, (SELECT x FROM u WHERE u.id >= t.id AND u.id <= t.id) FROM t WHERE id <> 2;
> 1 | 5
SELECT id, (SELECT x FROM u WHERE u.id = t.id ORDER BY x LIMIT 1) FROM t;
> 1 | 5
> 2 | 6
# What a subquery within a subquery reads of the row furthest out.
CREATE TABLE nest_a(id INTEGER, x INTEGER);
CREATE TABLE nest_b(id INTEGER, y INTEGER);
INSERT INTO nest_a VALUES (1, 10), (2, 20), (NULL, 0);
INSERT INTO nest_b VALUES (2, 200), (3, 300), (NULL, 1);
SELECT a.x, (SELECT a.id + (SELECT a.id)) AS m FROM nest_a a WHERE x = 20;
> 20 | 4
SELECT a.x, (SELECT a.id + (SELECT a.x)) AS m FROM nest_a a WHERE x = 20;
> 20 | 22
SELECT a.x, (SELECT a.id + (SELECT a.x + a.id)) AS m FROM nest_a a WHERE x = 20;
> 20 | 24
SELECT a.x, (SELECT z + (SELECT a.id) FROM (VALUES (3)) b(z)) AS m FROM nest_a a WHERE x = 20;
> 20 | 5
SELECT a.x, (SELECT z + (SELECT a.id + z) + (SELECT a.x) FROM (VALUES (3)) b(z)) AS m FROM nest_a a WHERE x = 20;
> 20 | 28
SELECT a.x, (SELECT (SELECT z) + (SELECT a.x) + (SELECT a.id) FROM (VALUES (3)) b(z)) AS m FROM nest_a a WHERE x = 20;
> 20 | 25
SELECT a.x, (SELECT (SELECT y + a.id FROM nest_b b WHERE b.id = a.id) + a.x) AS m FROM nest_a a ORDER BY x;
> 0 | NULL
> 10 | NULL
> 20 | 222
SELECT a.x, (SELECT (SELECT (SELECT (SELECT a.x + a.id)) + 1) + 1) AS m FROM nest_a a ORDER BY x;
> 0 | NULL
> 10 | 13
> 20 | 24
SELECT a.x, EXISTS (SELECT (SELECT a.id) FROM nest_b b WHERE b.id = a.id) AS m FROM nest_a a ORDER BY x;
> 0 | false
> 10 | false
> 20 | true
SELECT a.x, a.id IN (SELECT (SELECT a.id + b.id - b.id) FROM nest_b b WHERE b.id IS NOT NULL) AS m FROM nest_a a ORDER BY x;
> 0 | NULL
> 10 | true
> 20 | true
