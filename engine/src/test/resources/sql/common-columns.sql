# Columns that joins have in common, by USING and NATURAL: one column, wherever it is named without a table.
CREATE TABLE a(id INTEGER, x INTEGER);
CREATE TABLE b(id INTEGER, y INTEGER);
CREATE TABLE c(id INTEGER, z INTEGER);
INSERT INTO a VALUES (1, 10), (2, 20), (NULL, 0);
INSERT INTO b VALUES (2, 200), (3, 300), (NULL, 1);
INSERT INTO c VALUES (1, 1000), (3, 3000), (4, 4000);
SELECT * FROM a JOIN b USING (id);
> 2 | 20 | 200
SELECT * FROM a FULL JOIN b USING (id) ORDER BY id, x;
> 1 | 10 | NULL
> 2 | 20 | 200
> 3 | NULL | 300
> NULL | 0 | NULL
> NULL | NULL | 1
SELECT * FROM a RIGHT JOIN b USING (id) ORDER BY id;
> 2 | 20 | 200
> 3 | NULL | 300
> NULL | NULL | 1
SELECT id FROM a FULL JOIN b USING (id) ORDER BY id;
> 1
> 2
> 3
> NULL
> NULL
SELECT id, COUNT(*) FROM a FULL JOIN b USING (id) GROUP BY id ORDER BY id;
> 1 | 1
> 2 | 1
> 3 | 1
> NULL | 2
SELECT id, COUNT(*) FROM a JOIN b USING (id) GROUP BY id HAVING id > 1;
> 2 | 1
SELECT COUNT(*) FROM a JOIN b USING (id) GROUP BY id HAVING id > 1;
> 1
SELECT COUNT(*) FROM a FULL JOIN b USING (id) GROUP BY id HAVING id > 1;
> 1
> 1
SELECT x, y FROM a FULL JOIN b USING (id) ORDER BY id;
> 10 | NULL
> 20 | 200
> NULL | 300
> 0 | NULL
> NULL | 1
SELECT x, y FROM a JOIN b USING (id) ORDER BY id;
> 20 | 200
SELECT x FROM a RIGHT JOIN b USING (id) ORDER BY id;
> 20
> NULL
> NULL
SELECT x, y FROM a FULL JOIN b USING (id) ORDER BY id + 1 DESC;
> 0 | NULL
> NULL | 1
> NULL | 300
> 20 | 200
> 10 | NULL
SELECT id + 1 FROM a FULL JOIN b USING (id) ORDER BY 1;
> 2
> 3
> 4
> NULL
> NULL
SELECT id, a.id, b.id FROM a FULL JOIN b USING (id) ORDER BY id;
! 42702 Column 'id' is ambiguous
SELECT a.id, b.id FROM a JOIN b USING (id);
> 2 | 2
SELECT * FROM a FULL JOIN b USING (id) FULL JOIN c USING (id) ORDER BY id;
> 1 | 10 | NULL | 1000
> 2 | 20 | 200 | NULL
> 3 | NULL | 300 | 3000
> 4 | NULL | NULL | 4000
> NULL | 0 | NULL | NULL
> NULL | NULL | 1 | NULL
SELECT id, x, y, z FROM a FULL JOIN b USING (id) FULL JOIN c USING (id) ORDER BY id;
> 1 | 10 | NULL | 1000
> 2 | 20 | 200 | NULL
> 3 | NULL | 300 | 3000
> 4 | NULL | NULL | 4000
> NULL | 0 | NULL | NULL
> NULL | NULL | 1 | NULL
SELECT id, x, y, z FROM a LEFT JOIN b USING (id) LEFT JOIN c USING (id) ORDER BY id;
> 1 | 10 | NULL | 1000
> 2 | 20 | 200 | NULL
> NULL | 0 | NULL | NULL
SELECT id, x, y, z FROM a LEFT JOIN b USING (id) RIGHT JOIN c USING (id) ORDER BY id;
> 1 | 10 | NULL | 1000
> 3 | NULL | NULL | 3000
> 4 | NULL | NULL | 4000
SELECT id FROM a FULL JOIN b USING (id) FULL JOIN c USING (id) WHERE id > 2 ORDER BY id;
> 3
> 4
SELECT id, COUNT(*) FROM a FULL JOIN b USING (id) FULL JOIN c USING (id) GROUP BY id ORDER BY id;
> 1 | 1
> 2 | 1
> 3 | 1
> 4 | 1
> NULL | 2
SELECT id, ROW_NUMBER() OVER (ORDER BY id) FROM a FULL JOIN b USING (id);
> 1 | 1
> 2 | 2
> 3 | 3
> NULL | 4
> NULL | 5
SELECT x, ROW_NUMBER() OVER (PARTITION BY id ORDER BY id) FROM a FULL JOIN b USING (id) ORDER BY x;
> 0 | 1
> 10 | 1
> 20 | 1
> NULL | 2
> NULL | 1
SELECT x, y FROM a FULL JOIN b USING (id) QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 1;
> 10 | NULL
SELECT * FROM a NATURAL JOIN b;
> 2 | 20 | 200
SELECT * FROM a NATURAL FULL JOIN b ORDER BY id, x;
> 1 | 10 | NULL
> 2 | 20 | 200
> 3 | NULL | 300
> NULL | 0 | NULL
> NULL | NULL | 1
SELECT id FROM a NATURAL FULL JOIN b NATURAL FULL JOIN c ORDER BY id;
> 1
> 2
> 3
> 4
> NULL
> NULL
SELECT COUNT(*) FROM a NATURAL JOIN b GROUP BY id HAVING id > 0;
> 1
SELECT MAX(id), SUM(id) FROM a FULL JOIN b USING (id);
> 3 | 6
SELECT SUM(x) FILTER (WHERE id > 1) FROM a FULL JOIN b USING (id);
> 20
SELECT CASE id WHEN 1 THEN 'one' ELSE 'more' END FROM a FULL JOIN b USING (id) ORDER BY id;
> one
> more
> more
> more
> more
SELECT DISTINCT id FROM a FULL JOIN b USING (id) ORDER BY id;
> 1
> 2
> 3
> NULL
SELECT (SELECT MAX(z) FROM c WHERE c.id = id) FROM a JOIN b USING (id);
> 4000
SELECT id, (SELECT MAX(z) FROM c WHERE c.id = q.id) FROM (SELECT id FROM a FULL JOIN b USING (id)) AS q ORDER BY id;
> 1 | 1000
> 2 | NULL
> 3 | 3000
> NULL | NULL
> NULL | NULL
SELECT EXISTS (SELECT 1 FROM c WHERE c.z > id) FROM a JOIN b USING (id);
> true
SELECT * FROM a AS p JOIN a AS q USING (id, x);
> 1 | 10
> 2 | 20
SELECT * FROM a AS p JOIN a AS q USING (x, id);
> 10 | 1
> 20 | 2
SELECT * FROM a JOIN b USING (id) JOIN c USING (id);
SELECT * FROM (SELECT id, x FROM a) AS p FULL JOIN (SELECT y, id FROM b) AS q USING (id) ORDER BY id;
> 1 | 10 | NULL
> 2 | 20 | 200
> 3 | NULL | 300
> NULL | 0 | NULL
> NULL | NULL | 1
SELECT p.* FROM a AS p FULL JOIN b AS q USING (id) ORDER BY id;
> 1 | 10
> 2 | 20
> NULL | NULL
> NULL | 0
> NULL | NULL
SELECT q.*, id FROM a AS p FULL JOIN b AS q USING (id) ORDER BY id;
! 42702 Column 'id' is ambiguous
SELECT id FROM a JOIN b USING (id), c WHERE c.id = 1;
! 42702 Column 'id' is ambiguous
SELECT a.id FROM a JOIN b USING (id), c WHERE c.id = 1;
> 2
SELECT * FROM a JOIN b USING (id) CROSS JOIN (SELECT 5 AS w) AS d;
> 2 | 20 | 200 | 5
SELECT id FROM a JOIN b USING (id) JOIN c ON c.id = a.id;
! 42702 Column 'id' is ambiguous
SELECT * FROM a JOIN b USING (nope);
! 42703 Column 'nope' not found in any table
SELECT * FROM a JOIN b USING (x);
! 42703 Column 'x' not found in any table; did you mean y?
SELECT id FROM a FULL JOIN b USING (id) GROUP BY ROLLUP (id) ORDER BY id;
> 1
> 2
> 3
> NULL
> NULL
SELECT GROUPING(id), id FROM a FULL JOIN b USING (id) GROUP BY ROLLUP (id) ORDER BY 1, 2;
> 0 | 1
> 0 | 2
> 0 | 3
> 0 | NULL
> 1 | NULL
SELECT id FROM a FULL JOIN b USING (id) UNION SELECT 9 ORDER BY id;
> 1
> 2
> 3
> 9
> NULL
UPDATE a SET x = y FROM b JOIN c USING (id) WHERE a.id = id;
! 42702 Column 'id' is ambiguous
SELECT COUNT(id) FROM a FULL JOIN b USING (id);
> 3
SELECT id AS k FROM a FULL JOIN b USING (id) ORDER BY k;
> 1
> 2
> 3
> NULL
> NULL
SELECT id AS x FROM a FULL JOIN b USING (id) ORDER BY x;
> 1
> 2
> 3
> NULL
> NULL
SELECT STRING_AGG(CAST(id AS VARCHAR), ',' ORDER BY id) FROM a FULL JOIN b USING (id);
> 1,2,3
SELECT LAG(id) OVER (ORDER BY id) FROM a FULL JOIN b USING (id) ORDER BY id;
> NULL
> 1
> 2
> 3
> NULL
SELECT x FROM a JOIN b USING (id) WHERE id IN (SELECT id FROM c FULL JOIN b USING (id));
> 20
SELECT id FROM a FULL JOIN b USING (id) ORDER BY a.id, b.id;
> 1
> 2
> 3
> NULL
> NULL
SELECT id FROM a FULL JOIN b USING (id) WHERE a.id IS NULL ORDER BY id;
> 3
> NULL
> NULL
SELECT a.id AS i, id FROM a LEFT JOIN b USING (id) ORDER BY i;
> 1 | 1
> 2 | 2
> NULL | NULL
SELECT id FROM a FULL JOIN b USING (id) ORDER BY id LIMIT 2;
> 1
> 2
# Queries within one name them, too, unless a table of their own has the column; a join can have a name.
SELECT id FROM a FULL JOIN b USING (id) WHERE EXISTS (SELECT 1 FROM (VALUES (1), (3)) c(k) WHERE k = id) ORDER BY id;
> 1
> 3
SELECT id FROM a FULL JOIN b USING (id) WHERE id IN (SELECT c.id FROM (VALUES (1), (3)) c(id) WHERE id > 1) ORDER BY id;
> 3
SELECT id, (SELECT max(k) FROM (VALUES (1), (3)) c(k) WHERE k <= id) AS m FROM a FULL JOIN b USING (id) ORDER BY id NULLS FIRST;
> NULL | NULL
> NULL | NULL
> 1 | 1
> 2 | 1
> 3 | 3
SELECT id, (SELECT id) AS m FROM a FULL JOIN b USING (id) ORDER BY id NULLS FIRST;
> NULL | NULL
> NULL | NULL
> 1 | 1
> 2 | 2
> 3 | 3
SELECT x, (SELECT id + (SELECT id)) AS m FROM a JOIN b USING (id);
> 20 | 4
SELECT id, (SELECT id + k FROM (VALUES (1)) c(k)) AS m FROM a FULL JOIN b USING (id) ORDER BY m NULLS LAST LIMIT 2;
> 1 | 2
> 2 | 3
SELECT id FROM a FULL JOIN b USING (id) WHERE (SELECT k FROM (VALUES (3)) c(k) UNION ALL SELECT k FROM (VALUES (3)) c(k) WHERE id IS NULL LIMIT 1) = id;
> 3
SELECT id FROM a FULL JOIN b USING (id) WHERE 5 IN (SELECT k + id FROM (VALUES (3), (4)) c(k)) ORDER BY id;
> 1
> 2
SELECT id FROM a FULL JOIN b USING (id) WHERE EXISTS (WITH w AS (SELECT 3 AS k) SELECT 1 FROM w WHERE k = id);
> 3
SELECT id FROM a FULL JOIN b USING (id) WHERE EXISTS (SELECT 1 FROM (SELECT id + 1 AS n FROM (VALUES (1)) v(z)) q WHERE n = 4);
> 3
SELECT id FROM a FULL JOIN b USING (id) WHERE id = (SELECT n FROM (VALUES (3)) c(k), LATERAL (SELECT k AS n WHERE id IS NOT NULL) l);
> 3
SELECT id FROM a FULL JOIN b USING (id) WHERE EXISTS (SELECT 1 FROM a c JOIN b d USING (id) WHERE id = y / 100) ORDER BY id;
> 1
> 2
> 3
> NULL
> NULL
SELECT id FROM a FULL JOIN b USING (id) WHERE EXISTS (SELECT 1 FROM (VALUES (3)) c(k) JOIN (VALUES (3)) d(l) ON k = l AND k = id);
> 3
SELECT id FROM a FULL JOIN b USING (id) ORDER BY (SELECT -id) NULLS LAST LIMIT 2;
> 3
> 2
CREATE TABLE t(id INTEGER, g TEXT, x DOUBLE);
INSERT INTO t VALUES (1, 'a', 1.5), (2, 'a', 2.5);
SELECT * FROM (t JOIN t b USING (id)) AS q ORDER BY id LIMIT 1;
> 1 | a | 1.5 | a | 1.5
SELECT q.id, q.y FROM (t JOIN (VALUES (1, 'y')) b(id, y) USING (id)) AS q;
> 1 | y
SELECT q.a, q.e FROM (t JOIN (VALUES (1, 'y')) b(k, y) ON k = id) AS q(a, b, c, d, e);
> 1 | y
SELECT t.id FROM (t JOIN (VALUES (1, 'y')) b(k, y) ON k = id) AS q;
! 42P01
# A name that several columns of a subquery have tells none of them.
CREATE TABLE l(id INTEGER, n TEXT);
INSERT INTO l VALUES (1, 'one'), (2, 'two');
CREATE TABLE r(id INTEGER, y INTEGER, n TEXT);
INSERT INTO r VALUES (1, 5, 'eins'), (2, 15, 'zwei');
SELECT n FROM (l JOIN r ON l.id = r.id) AS t;
! 42702 'n' is ambiguous
SELECT t.n FROM (l JOIN r USING (id)) AS t;
! 42702 'n' is ambiguous
SELECT t.id, y FROM (l JOIN r USING (id)) AS t ORDER BY id;
> 1 | 5
> 2 | 15
SELECT y FROM (l JOIN r ON l.id = r.id) AS t WHERE n = 'one';
! 42702
SELECT y FROM (SELECT * FROM (SELECT * FROM l JOIN r USING (id)) AS s) AS t ORDER BY n;
! 42702
WITH t AS (SELECT l.*, r.* FROM l, r) SELECT COUNT(*) FROM t GROUP BY id;
! 42702
SELECT n FROM (SELECT * FROM l JOIN r USING (id) UNION SELECT 3, 'x', 4, 'y') AS t;
! 42702
SELECT t.c FROM (l JOIN r ON l.id = r.id) AS t(a, b, c, d, e) ORDER BY 1;
> 1
> 2
SELECT COUNT(*) FROM (SELECT * FROM l JOIN r ON l.id = r.id) AS t;
> 2
# Of a query that groups, too.
SELECT id, (SELECT MAX(z) FROM (VALUES (id)) AS v(z)), COUNT(*) FROM l JOIN r USING (id) GROUP BY id ORDER BY id;
> 1 | 1 | 1
> 2 | 2 | 1
# A query in FROM may call two columns alike, as users' queries in tools do: all are shown, the name tells none.
CREATE TABLE twin_a(id INTEGER, v INTEGER);
CREATE TABLE twin_b(id INTEGER, v INTEGER);
INSERT INTO twin_a VALUES (1, 2);
= 1
INSERT INTO twin_b VALUES (1, 3);
= 1
SELECT * FROM (SELECT a.id, b.id, a.v, b.v FROM twin_a a JOIN twin_b b ON a.id = b.id) AS t LIMIT 10;
> 1 | 1 | 2 | 3
SELECT t.* FROM (SELECT a.v, b.v, 7 AS V FROM twin_a a, twin_b b UNION ALL SELECT 4, 5, 6) AS t ORDER BY 1;
> 2 | 3 | 7
> 4 | 5 | 6
SELECT * FROM (SELECT * FROM twin_a a JOIN twin_b b ON a.id = b.id) AS t ORDER BY 3 DESC, 1;
> 1 | 2 | 1 | 3
SELECT t.id, COUNT(*) FROM (SELECT id, v FROM twin_a) AS t GROUP BY 1;
> 1 | 1
WITH w AS (SELECT a.v, b.v FROM twin_a a, twin_b b) SELECT * FROM w;
> 2 | 3
WITH w(x, y) AS (SELECT a.v, b.v FROM twin_a a, twin_b b) SELECT y, x FROM w;
> 3 | 2
SELECT * FROM (SELECT a.v, b.v FROM twin_a a, twin_b b) AS t(x, y) WHERE y = 3;
> 2 | 3
SELECT COUNT(*) FROM (SELECT id, id, id0 FROM (SELECT id, id AS id0 FROM twin_a) AS u) AS t;
> 1
SELECT id0 FROM (SELECT id, id, v AS id0 FROM twin_a) AS t;
> 2
SELECT o.v FROM twin_a o, LATERAL (SELECT b.v, o.v FROM twin_b b) AS t;
> 2
SELECT t.v FROM (SELECT a.v, b.v FROM twin_a a, twin_b b) AS t;
! 42702
SELECT v FROM (SELECT a.v, b.v FROM twin_a a, twin_b b) AS t;
! 42702
