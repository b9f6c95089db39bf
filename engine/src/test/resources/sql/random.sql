# Functions that give another value at each call: two calls in a row give two, each row has its own.
CREATE TABLE e(a INTEGER);
INSERT INTO e VALUES (1), (2), (3), (4);
SELECT GEN_RANDOM_UUID() = GEN_RANDOM_UUID(), RANDOM() = RANDOM(), RAND() = RAND(), RANDOM_UUID() = RANDOM_UUID();
> false | false | false | false
SELECT COUNT(DISTINCT u), COUNT(DISTINCT r), MIN(r) >= 0, MAX(r) < 1 FROM (SELECT GEN_RANDOM_UUID() AS u, RANDOM() AS r FROM e);
> 4 | 4 | true | true
SELECT DISTINCT LENGTH(GEN_RANDOM_UUID()) FROM e;
> 36
# One call that is referred to twice is one value.
SELECT DISTINCT u = u, r + 1 = r + 1 FROM (SELECT GEN_RANDOM_UUID() AS u, RANDOM() AS r FROM e);
> true | true
SELECT COUNT(*) FROM (SELECT RANDOM() AS r FROM e) WHERE r < 0.5 AND r >= 0.5;
> 0
SELECT COUNT(*) FROM (SELECT a FROM e WHERE RANDOM() >= 0 ORDER BY RANDOM() LIMIT 3);
> 3
CREATE TABLE ids(id TEXT DEFAULT GEN_RANDOM_UUID() PRIMARY KEY, n INTEGER, r DOUBLE DEFAULT RANDOM());
INSERT INTO ids(id, n) VALUES (GEN_RANDOM_UUID(), 1), (GEN_RANDOM_UUID(), 2);
= 2
INSERT INTO ids(n) VALUES (1), (2), (3);
= 3
SELECT COUNT(DISTINCT id), COUNT(DISTINCT r) FROM ids;
> 5 | 5
UPDATE ids SET id = GEN_RANDOM_UUID();
= 5
INSERT INTO ids(n) SELECT v FROM GENERATE_SERIES(1, 4) AS s(v);
= 4
SELECT COUNT(DISTINCT id), COUNT(DISTINCT r) FROM ids;
> 9 | 9
# What computes a default once does not take one that is another value in each row.
ALTER TABLE ids ADD COLUMN u TEXT DEFAULT GEN_RANDOM_UUID();
! 0A000 the default of column u is another value in each row
COPY ids(id) FROM 'people.jsonl';
! INVALID_VALUE its default is another one in each row
SELECT COUNT(*) FROM ids;
> 9
# A query in WITH gives the same rows wherever it is read.
WITH r AS (SELECT RANDOM() AS x FROM (VALUES (1), (2)) AS v(a)) SELECT count(*) FROM (SELECT x FROM r INTERSECT SELECT x FROM r) q;
> 2
WITH r AS (SELECT RANDOM() AS x) SELECT (SELECT x FROM r) = (SELECT x FROM r);
> true
WITH r(x, n) AS (SELECT RANDOM(), a FROM (VALUES (1), (2)) AS v(a)), s AS (SELECT x + 1 AS y, n FROM r) SELECT a.y = b.y, a.n, c.x + 1 = a.y FROM s a JOIN s b ON a.n = b.n JOIN r c ON c.n = a.n ORDER BY 2;
> true | 1 | true
> true | 2 | true
WITH r AS (SELECT GEN_RANDOM_UUID() AS x) SELECT count(*) FROM r a JOIN r b ON a.x = b.x;
> 1
WITH RECURSIVE r AS (SELECT RANDOM() AS x), t(n, x) AS (SELECT 1, x FROM r UNION ALL SELECT n + 1, r.x FROM t JOIN r ON r.x = t.x WHERE n < 3) SELECT count(*), count(DISTINCT x) FROM t;
> 3 | 1
SELECT (WITH r AS (SELECT RANDOM() + a AS x) SELECT x >= a FROM r) FROM (VALUES (1)) AS v(a);
> true
SELECT (WITH r AS (SELECT RANDOM() + v.a AS x) SELECT count(*) FROM r p JOIN r q ON p.x = q.x) FROM (VALUES (1)) AS v(a);
! 0A000 WITH
# So does a column of a subquery that others are computed from.
SELECT a.x = b.x FROM (SELECT RANDOM() AS x) a JOIN LATERAL (SELECT a.x) AS b(x) ON TRUE;
> true
