# Subqueries that read rows of the queries around them.
CREATE TABLE n(id INTEGER, s TEXT);
INSERT INTO n VALUES (1, 'a'), (2, 'b'), (3, NULL);
# Of two queries around.
SELECT x.id, (SELECT count(*) FROM n a WHERE NOT EXISTS (SELECT 1 FROM n b WHERE b.id <> a.id AND b.id > x.id)) FROM n x ORDER BY 1;
> 1 | 0
> 2 | 1
> 3 | 3
SELECT x.id, (SELECT count(*) FROM n a WHERE (SELECT max(b.id) FROM n b WHERE b.id <> a.id AND b.id > x.id) IS NULL) FROM n x ORDER BY 1;
> 1 | 0
> 2 | 1
> 3 | 3
SELECT x.id, (SELECT count(*) FROM (SELECT * FROM n WHERE id >= x.id) a CROSS JOIN LATERAL (SELECT * FROM n b WHERE b.id <> a.id AND b.id >= x.id) b) FROM n x ORDER BY 1;
> 1 | 6
> 2 | 2
> 3 | 0
SELECT x.id, (SELECT count(*) FROM n a LEFT JOIN LATERAL (SELECT * FROM n b WHERE b.id = a.id AND b.id > x.id) b ON TRUE) FROM n x ORDER BY 1;
> 1 | 3
> 2 | 3
> 3 | 3
# On both sides of a join.
SELECT x.id, (SELECT count(*) FROM (SELECT * FROM n WHERE id >= x.id) a JOIN (SELECT * FROM n WHERE id > x.id) b ON a.id <> b.id) FROM n x ORDER BY 1;
> 1 | 4
> 2 | 1
> 3 | 0
# A window is of the rows that are there for one row.
SELECT x.id, (SELECT max(s) FROM (SELECT sum(id) OVER (ORDER BY id) AS s FROM n WHERE id >= x.id) a) FROM n x ORDER BY 1;
> 1 | 6
> 2 | 5
> 3 | 3
# In ON of an outer join, of both its sides.
SELECT x.id, y.id FROM n x LEFT JOIN n y ON y.id > ALL (SELECT z.id FROM n z WHERE z.id <= x.id) ORDER BY 1, 2;
> 1 | 2
> 1 | 3
> 2 | 3
> 3 | NULL
SELECT x.id, y.id FROM n x RIGHT JOIN n y ON y.id > ALL (SELECT z.id FROM n z WHERE z.id <= x.id) ORDER BY 2, 1;
> NULL | 1
> 1 | 2
> 1 | 3
> 2 | 3
SELECT x.id, y.id, (SELECT count(*) FROM n a LEFT JOIN n b ON EXISTS (SELECT 1 FROM n z WHERE z.id = a.id + b.id AND z.id > x.id)) FROM n x LEFT JOIN n y ON EXISTS (SELECT 1 FROM n z WHERE z.id = x.id + y.id) ORDER BY 1, 2;
> 1 | 1 | 4
> 1 | 2 | 4
> 2 | 1 | 3
> 3 | NULL | 3
SELECT 1 FROM n x FULL JOIN n y ON EXISTS (SELECT 1 FROM n z WHERE z.id = x.id + y.id);
! 0A000 FULL JOIN
# A row that an outer join keeps though its key is NULL.
SELECT a.id, a.s FROM (VALUES (0)) AS e(k) RIGHT JOIN n a ON 'a' || e.k = a.s WHERE e.k NOT IN (SELECT f.id FROM n f WHERE f.id > 3 AND f.s <> a.s) ORDER BY 1;
> 1 | a
> 2 | b
> 3 | NULL
SELECT a.id, a.s FROM n a LEFT JOIN (VALUES (0)) AS e(k) ON 'a' || e.k = a.s WHERE e.k NOT IN (SELECT f.id FROM n f WHERE f.id > 3 AND f.s <> a.s) ORDER BY 1;
> 1 | a
> 2 | b
> 3 | NULL
# NOT IN within NOT IN, as deep as it goes: where no NULL is among the values, every other level is the same.
CREATE TABLE deep(x INTEGER);
INSERT INTO deep VALUES (1), (2), (3);
SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x > 1))))) ORDER BY x;
> 1
INSERT INTO deep VALUES (NULL);
SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x > 1))))) ORDER BY x;
> 1
SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x > 1 OR x IS NULL))))) ORDER BY x;
SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x > 1 OR x IS NULL)))) ORDER BY x NULLS FIRST;
> NULL
> 1
> 2
> 3
SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x NOT IN (SELECT x FROM deep WHERE x > 1))))));
! 54001 more than 5 deep; use NOT EXISTS
# What is read above an aggregate is not one of the columns that its rows were found by.
CREATE TABLE above(id INTEGER, g TEXT, v INTEGER);
INSERT INTO above VALUES (1, 'x', 10), (2, 'x', NULL), (3, 'y', 30), (4, NULL, 40);
SELECT id FROM above a WHERE EXISTS (SELECT 1 FROM (SELECT max(b.v) AS m FROM above b WHERE b.g = a.g) q WHERE q.m = a.v) ORDER BY id;
> 1
> 3
SELECT id FROM above a WHERE (SELECT count(*) FROM (SELECT max(b.v) AS m FROM above b WHERE b.g = a.g) q WHERE q.m = a.v) = 1 ORDER BY id;
> 1
> 3
SELECT id FROM above a WHERE v IN (SELECT m FROM (SELECT max(b.v) AS m FROM above b WHERE b.g = a.g) q) ORDER BY id;
> 1
> 3
DROP TABLE above;
# A column of a query around is one value to a query that groups.
CREATE TABLE o(id INTEGER, x INTEGER);
INSERT INTO o VALUES (1, 10), (2, 20), (3, 30);
CREATE TABLE g(id INTEGER, y INTEGER);
INSERT INTO g VALUES (1, 5), (2, 15), (2, 25);
SELECT x, (SELECT MAX(y) + o.x FROM g), (SELECT MAX(y) + x FROM g WHERE g.id = o.id) FROM o ORDER BY 1;
> 10 | 35 | 15
> 20 | 45 | 45
> 30 | 55 | NULL
SELECT x, (SELECT COUNT(*) FROM g WHERE g.id = o.id HAVING COUNT(*) > o.id - 1) FROM o ORDER BY 1;
> 10 | 1
> 20 | 2
> 30 | NULL
SELECT x FROM o WHERE EXISTS (SELECT g.id FROM g GROUP BY g.id HAVING COUNT(*) > o.id - 1 AND g.id = o.id) ORDER BY 1;
> 10
> 20
SELECT x FROM o WHERE id IN (SELECT COUNT(*) + o.id - 1 FROM g GROUP BY g.id) ORDER BY 1;
> 10
> 20
> 30
SELECT x, (SELECT SUM(y) + x AS s FROM g GROUP BY g.id ORDER BY s DESC, x LIMIT 1) FROM o ORDER BY 1;
> 10 | 50
> 20 | 60
> 30 | 70
SELECT x, (SELECT g.id + o.x FROM g GROUP BY g.id + o.x ORDER BY 1 LIMIT 1), (SELECT o.x FROM g GROUP BY o.x) FROM o ORDER BY 1;
> 10 | 11 | 10
> 20 | 21 | 20
> 30 | 31 | 30
SELECT x, (SELECT (SELECT MAX(c.y) + o.x + g.id FROM g c) FROM g GROUP BY g.id ORDER BY g.id LIMIT 1) FROM o ORDER BY 1;
> 10 | 36
> 20 | 46
> 30 | 56
SELECT x, q.s FROM o, LATERAL (SELECT SUM(y) + o.x AS s FROM g WHERE g.id = o.id) AS q ORDER BY 1;
> 10 | 15
> 20 | 60
> 30 | NULL
SELECT x, (SELECT COUNT(*) + x FROM g WHERE y > 99) FROM o ORDER BY 1;
> 10 | 10
> 20 | 20
> 30 | 30
SELECT x, (SELECT y + MAX(g.id) FROM g) FROM o;
! 42803 'y' is not being grouped
