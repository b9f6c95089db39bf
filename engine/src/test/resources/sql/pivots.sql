# PIVOT and UNPIVOT know the columns that * shows, not the hidden ones.
CREATE TABLE s(region TEXT, q INTEGER, amt INTEGER);
INSERT INTO s VALUES ('n', 1, 10), ('n', 2, 20), ('s', 1, 5), ('s', 2, NULL), ('n', 1, 1);
SELECT * FROM s PIVOT (SUM(amt) FOR q IN (1 AS q1, 2 AS q2)) ORDER BY region;
> n | 11 | 20
> s | 5 | NULL
SELECT * FROM s PIVOT (SUM(amt) AS a, COUNT(*) AS c FOR q IN (1, 2)) ORDER BY region;
> n | 11 | 2 | 20 | 1
> s | 5 | 1 | NULL | 1
SELECT * FROM (SELECT q, amt FROM s) PIVOT (MAX(amt) FOR q IN (1 AS a, 3 AS b));
> 10 | NULL
CREATE TABLE wide(region TEXT, q1 INTEGER, q2 INTEGER);
INSERT INTO wide VALUES ('n', 11, 20), ('s', 5, NULL);
SELECT * FROM wide UNPIVOT (amt FOR q IN (q1 AS 1, q2 AS 2)) ORDER BY region, q;
> n | 1 | 11
> n | 2 | 20
> s | 1 | 5
SELECT * FROM wide UNPIVOT INCLUDE NULLS (amt FOR q IN (q1 AS 'first', q2 AS 'second')) ORDER BY region, q;
> n | first | 11
> n | second | 20
> s | first | 5
> s | second | NULL
SELECT * FROM s PIVOT (SUM(nothing) FOR q IN (1));
! 42703 nothing
