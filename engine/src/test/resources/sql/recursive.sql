# Queries that read what they gave before.
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r;
> 1
> 2
> 3
> 4
> 5
WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 100) SELECT sum(n), count(*) FROM r;
> 5050 | 100
CREATE TABLE staff(id INT, boss INT, name TEXT);
INSERT INTO staff VALUES (1, NULL, 'ada'), (2, 1, 'bob'), (3, 2, 'cem'), (4, 1, 'dee'), (5, 3, 'eva');
WITH RECURSIVE chain(id, depth, path) AS (SELECT id, 0, CAST(name AS VARCHAR) FROM staff WHERE boss IS NULL UNION ALL SELECT s.id, c.depth + 1, c.path || '/' || s.name FROM staff s JOIN chain c ON s.boss = c.id) SELECT * FROM chain ORDER BY id;
> 1 | 0 | ada
> 2 | 1 | ada/bob
> 3 | 2 | ada/bob/cem
> 4 | 1 | ada/dee
> 5 | 3 | ada/bob/cem/eva
# UNION leaves out what was there before, so a circle comes to an end.
INSERT INTO staff VALUES (6, 7, 'fay'), (7, 6, 'gus');
WITH RECURSIVE circle(id) AS (SELECT boss FROM staff WHERE id = 6 UNION SELECT s.boss FROM staff s JOIN circle c ON s.id = c.id) SELECT * FROM circle ORDER BY id;
> 6
> 7
# In views, subqueries, joins, twice in one query.
CREATE VIEW depths AS WITH RECURSIVE d(id, depth) AS (SELECT id, 0 FROM staff WHERE boss IS NULL UNION ALL SELECT s.id, d.depth + 1 FROM staff s JOIN d ON s.boss = d.id) SELECT * FROM d;
SELECT s.name, x.depth FROM depths x JOIN staff s ON s.id = x.id WHERE x.depth > 1 ORDER BY 1;
> cem | 2
> eva | 3
SELECT max(a.depth + b.depth) FROM depths a JOIN depths b ON a.id = b.id;
> 6
SELECT name FROM staff WHERE id IN (WITH RECURSIVE r(n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM r WHERE n < 4) SELECT n FROM r) ORDER BY 1;
> cem
> dee
SELECT max(depth) FROM depths AS OF COMMIT 'HEAD';
! 3F000
COMMIT VERSION MESSAGE 'one';
DELETE FROM staff WHERE id = 5;
SELECT max(depth), (SELECT max(depth) FROM depths AS OF COMMIT 'HEAD') FROM depths;
> 2 | 3
# A text that each round makes longer is of any length.
CREATE TABLE short (id INT, boss INT, name VARCHAR(3), code CHAR(2));
INSERT INTO short VALUES (1, NULL, 'ada', 'a'), (2, 1, 'bob', 'b'), (3, 2, 'cem', 'c'), (4, 3, 'dee', 'd');
WITH RECURSIVE t(id, path) AS (SELECT id, name FROM short WHERE boss IS NULL UNION ALL SELECT s.id, t.path || '/' || s.name FROM short s JOIN t ON s.boss = t.id) SELECT * FROM t ORDER BY id;
> 1 | ada
> 2 | ada/bob
> 3 | ada/bob/cem
> 4 | ada/bob/cem/dee
WITH RECURSIVE t AS (SELECT * FROM short WHERE boss IS NULL UNION ALL SELECT s.id, s.boss, t.name || '>' || s.name, s.code FROM short s, t WHERE s.boss = t.id) SELECT name FROM t WHERE id > 3;
> ada>bob>cem>dee
WITH RECURSIVE t AS (SELECT 1 AS n, 'a' AS s UNION SELECT n + 1, s || 'b' FROM t WHERE n < 5) SELECT MAX(s), COUNT(*) FROM t;
> abbbb | 5
WITH RECURSIVE t(n, s) AS (VALUES (1, 'a') UNION ALL SELECT n + 1, CASE WHEN n = 1 THEN 'long one' ELSE s || '!' END FROM t WHERE n < 4) SELECT s FROM t;
> a
> long one
> long one!
> long one!!
WITH RECURSIVE t(n, s) AS (SELECT 1, NULL UNION ALL SELECT n + 1, 'x' FROM t WHERE n < 2) SELECT * FROM t;
> 1 | NULL
> 2 | x
# A number has one type in all rounds.
WITH RECURSIVE t(n, s) AS (SELECT 1, 1.0 UNION ALL SELECT n + 1, s * 1.5 FROM t WHERE n < 5) SELECT * FROM t;
! 42804 CAST it to one type
WITH RECURSIVE t(n, s) AS (SELECT 1, CAST(1 AS DECIMAL(38, 6)) UNION ALL SELECT n + 1, CAST(s * 1.5 AS DECIMAL(38, 6)) FROM t WHERE n < 3) SELECT * FROM t;
> 1 | 1.000000
> 2 | 1.500000
> 3 | 2.250000
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n, n FROM t) SELECT * FROM t;
! 42601
# Groups and sets are made anew in each round.
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT DISTINCT n + 1 FROM r WHERE n < 5) SELECT sum(n), count(*) FROM r;
> 15 | 5
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5 GROUP BY n) SELECT sum(n), count(*) FROM r;
> 15 | 5
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (SELECT n + 1 FROM r WHERE n < 5 EXCEPT SELECT 3)) SELECT n FROM r;
> 1
> 2
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (SELECT n + 1 FROM r INTERSECT SELECT id FROM staff)) SELECT max(n) FROM r;
> 4
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (SELECT n + 1 FROM r WHERE n < 5 UNION SELECT n + 1 FROM r WHERE n < 4)) SELECT sum(n) FROM r;
> 15
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (SELECT n + 1 FROM r WHERE n < 5 UNION ALL SELECT n + 2 FROM r WHERE n < 5)) SELECT count(*) FROM r;
> 15
# Rows of the round before are read once, in FROM, and not as a whole: anything else has no end or no meaning.
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT MAX(n) + 1 FROM r WHERE n < 5) SELECT n FROM r;
! 42P19 aggregate what the whole query gives
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM (SELECT COUNT(*) FROM r) AS q(n) WHERE n < 5) SELECT n FROM r;
! 42P19 an aggregate of the rows of the round before
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT s.id FROM staff s LEFT JOIN r ON s.boss = r.n) SELECT n FROM r;
! 42P19 r is read on the side of an outer join that may be NULL
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT s.id FROM r FULL JOIN staff s ON s.boss = r.n) SELECT n FROM r;
! 42P19 r is read on the side of an outer join
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT s.id FROM r LEFT JOIN staff s ON s.boss = r.n WHERE s.id > 0) SELECT sum(n) FROM r;
> 10
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT id FROM staff WHERE boss IN (SELECT n FROM r)) SELECT n FROM r;
! 42P19 r is read in a subquery
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (SELECT id FROM staff EXCEPT SELECT n FROM r)) SELECT n FROM r;
! 42P19 r is read in EXCEPT
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (SELECT id FROM staff INTERSECT ALL SELECT n FROM r)) SELECT n FROM r;
! 42P19 r is read in INTERSECT ALL
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT a.n + 1 FROM r a JOIN r b ON a.n = b.n WHERE a.n < 5) SELECT n FROM r;
! 42P19 r is read twice in one FROM
WITH RECURSIVE r(n) AS (SELECT n + 1 FROM r UNION ALL SELECT 1) SELECT n FROM r;
! 42P19 where its first rows come from
WITH RECURSIVE r(n) AS (SELECT 1 EXCEPT SELECT n FROM r) SELECT n FROM r;
! 42P19 r reads itself
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5 LIMIT 3) SELECT n FROM r;
! 0A000 put them behind the query that reads r
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (SELECT n + 1 FROM r WHERE n < 5 ORDER BY n LIMIT 1)) SELECT sum(n) FROM r;
> 15
WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM b WHERE n < 5), b(n) AS (SELECT n FROM a) SELECT n FROM a;
! 0A000 b comes behind a
# A name in WITH hides a table, and one within hides that.
WITH RECURSIVE staff(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM staff WHERE n < 3) SELECT max(n) FROM staff;
> 3
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + (WITH r(m) AS (VALUES (1)) SELECT m FROM r) FROM r WHERE n < 5) SELECT max(n) FROM r;
> 5
WITH RECURSIVE q AS (SELECT MAX(id) AS m FROM staff EXCEPT SELECT 2) SELECT m FROM q;
> 7
# A query of WITH in the recursive part that reads the round before is held to the same.
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n, RANDOM() AS x FROM r WHERE n < 4) SELECT a.n + 1 FROM q a WHERE x < 2 UNION ALL SELECT b.n + 1 FROM q b WHERE x > 2)) SELECT * FROM r;
! 0A000 cannot read rows of the round before
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r WHERE n < 5) SELECT MAX(n) + 1 FROM q)) SELECT * FROM r;
! 42P19 an aggregate of the rows of the round before
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r), p AS (TABLE q) SELECT COUNT(*) FROM (SELECT n FROM p) x)) SELECT * FROM r;
! 42P19 an aggregate of the rows of the round before
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r) SELECT s.id FROM staff s LEFT JOIN q ON s.boss = q.n)) SELECT * FROM r;
! 42P19 q, which reads r, is read on the side of an outer join that may be NULL
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r) SELECT id FROM staff WHERE id NOT IN (SELECT n FROM q))) SELECT * FROM r;
! 42P19 q, which reads r, is read in a subquery
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r) SELECT id FROM staff EXCEPT SELECT n FROM q)) SELECT * FROM r;
! 42P19 q, which reads r, is read in EXCEPT
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r WHERE n < 5) SELECT a.n + 1 FROM q a JOIN q b ON a.n = b.n)) SELECT * FROM r;
! 42P19 q, which reads r, is read twice in one FROM
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r WHERE n < 5) SELECT q.n + 1 FROM q JOIN r ON q.n = r.n)) SELECT * FROM r;
! 42P19 r is read twice in one FROM
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH r AS (SELECT n FROM r WHERE n < 5) SELECT MAX(n) + 1 FROM r)) SELECT * FROM r;
! 42P19 an aggregate of the rows of the round before
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH RECURSIVE q(m) AS (SELECT 0 UNION ALL SELECT r.n FROM q JOIN r ON q.m < r.n) SELECT m FROM q)) SELECT * FROM r;
! 42P19 r is read in the recursive part of q
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r WHERE n < 5), p AS (SELECT n + 1 AS n FROM q) SELECT n FROM p)) SELECT sum(n), count(*) FROM r;
> 15 | 5
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT s.id FROM (WITH q AS (SELECT n FROM r) SELECT n FROM q) x JOIN staff s ON s.boss = x.n) SELECT sum(n), count(*) FROM r;
> 10 | 4
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r WHERE n < 4) SELECT n + 1 FROM q UNION ALL SELECT n + 2 FROM q)) SELECT sum(n), count(*) FROM r;
> 31 | 9
# Names that hide it, within and behind.
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r) SELECT n + x.m FROM r JOIN (WITH q(m) AS (VALUES (1), (1)) SELECT MAX(m) AS m FROM q) x ON n < 5)) SELECT sum(n), count(*) FROM r;
> 15 | 5
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH RECURSIVE q(m) AS (SELECT n FROM r WHERE n < 3 UNION ALL SELECT m + 10 FROM q WHERE m < 10) SELECT m + 1 FROM q)) SELECT sum(n), count(*) FROM r;
> 31 | 5
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL (WITH q AS (SELECT n FROM r), r(m) AS (VALUES (3)) SELECT n + 1 FROM q WHERE n < (SELECT MAX(m) FROM r))) SELECT sum(n), count(*) FROM r;
> 6 | 3
