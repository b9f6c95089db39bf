# Grouping sets: the grand total is there even of no rows, other groups are not.
CREATE TABLE e(a INTEGER, b INTEGER NOT NULL, s TEXT);
SELECT a, COUNT(*), SUM(b), MIN(s) FROM e GROUP BY GROUPING SETS ((a), ());
> NULL | 0 | NULL | NULL
SELECT a, b, COUNT(*) FROM e GROUP BY CUBE(a, b);
> NULL | NULL | 0
SELECT a, s, AVG(b), COUNT(DISTINCT b), GROUPING(a), GROUPING(a, s) FROM e GROUP BY ROLLUP(a, s);
> NULL | NULL | NULL | 0 | 1 | 3
SELECT COUNT(*) FROM e GROUP BY ();
> 0
SELECT COUNT(*) FROM e GROUP BY GROUPING SETS ((), ());
> 0
> 0
SELECT COUNT(*) FROM e WHERE 1 = 0 GROUP BY GROUPING SETS ((a), (), ());
> 0
> 0
SELECT a, COUNT(*) FROM e GROUP BY ROLLUP(a) HAVING COUNT(*) > 0;
> (none)
SELECT a FROM e GROUP BY GROUPING SETS ((a), (b));
> (none)
SELECT COUNT(*) FROM (SELECT a FROM e GROUP BY ROLLUP(a)) AS x JOIN (VALUES (1)) AS y(n) ON TRUE;
> 1
# With rows nothing is added.
INSERT INTO e VALUES (1, 1, 'x'), (1, 2, 'y'), (NULL, 3, 'x');
SELECT a, GROUPING(a), COUNT(*), SUM(b) FROM e GROUP BY ROLLUP(a) ORDER BY 2, 1;
> 1 | 0 | 2 | 3
> NULL | 0 | 1 | 3
> NULL | 1 | 3 | 6
SELECT a, s, COUNT(*) FROM e GROUP BY GROUPING SETS ((a, s), (s), ()) ORDER BY s, a, 3;
> 1 | x | 1
> NULL | x | 1
> NULL | x | 2
> 1 | y | 1
> NULL | y | 1
> NULL | NULL | 3
SELECT a, s, COUNT(*) FILTER (WHERE b > 1) FROM e GROUP BY CUBE(a, s) HAVING COUNT(*) > 1 ORDER BY 3, a, s;
> 1 | NULL | 1
> NULL | x | 1
> NULL | NULL | 2
