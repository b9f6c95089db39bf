# LATERAL: a query in FROM that knows the tables before it.
CREATE TABLE t(id INTEGER);
INSERT INTO t VALUES (1), (2), (3);
SELECT t.id, w.n FROM t, LATERAL (SELECT COUNT(*) AS n FROM t AS b WHERE b.id < t.id) AS w ORDER BY 1;
> 1 | 0
> 2 | 1
> 3 | 2
SELECT t.id, w.id FROM t LEFT JOIN LATERAL (SELECT b.id FROM t AS b WHERE b.id > t.id ORDER BY b.id LIMIT 1) AS w ON TRUE ORDER BY 1;
> 1 | 2
> 2 | 3
> 3 | NULL
SELECT t.id, w.x FROM t CROSS JOIN LATERAL (VALUES (t.id * 10), (t.id * 100)) AS w(x) WHERE t.id < 3 ORDER BY 2;
> 1 | 10
> 2 | 20
> 1 | 100
> 2 | 200
SELECT t.id FROM t, (SELECT t.id) AS w;
! 42P01
# Equal numbers of two types find each other by a hash table.
CREATE TABLE small(a SMALLINT, b BIGINT);
INSERT INTO small VALUES (1, 2), (2, 3), (NULL, 4);
SELECT t.id, a FROM t LEFT JOIN small ON small.a = t.id AND small.b > 2 ORDER BY 1;
> 1 | NULL
> 2 | 2
> 3 | NULL
SELECT t.id, a FROM t FULL JOIN small ON small.b = t.id ORDER BY 1, 2;
> 1 | NULL
> 2 | 1
> 3 | 2
> NULL | NULL
