# WITHIN DISTINCT (k): one row for each k of a group is aggregated.
CREATE TABLE t (k INTEGER PRIMARY KEY, g TEXT, c TEXT, v INTEGER, w INTEGER NOT NULL);
INSERT INTO t VALUES (1, 'a', 'x', 10, 1), (2, 'a', 'x', 10, 2), (3, 'a', 'y', 20, 3), (4, 'b', 'x', 5, 4), (5, 'b', NULL, 7, 5), (6, 'b', NULL, 7, 6), (7, NULL, 'z', NULL, 7);
SELECT g, SUM(v), SUM(v) WITHIN DISTINCT (c), AVG(v) WITHIN DISTINCT (c), COUNT(*) WITHIN DISTINCT (c), COUNT(*), SUM(w) WITHIN DISTINCT (k), SUM(DISTINCT v) WITHIN DISTINCT (c) FROM t GROUP BY g ORDER BY g;
> a | 40 | 30 | 15.0 | 2 | 3 | 6 | 30
> b | 19 | 12 | 6.0 | 2 | 3 | 15 | 12
> NULL | NULL | NULL | NULL | 1 | 1 | 7 | NULL
SELECT SUM(v) WITHIN DISTINCT (g, c), COUNT(*) WITHIN DISTINCT (c), COUNT(DISTINCT c), SUM(w) WITHIN DISTINCT (g || c, k) FROM t;
> 42 | 4 | 3 | 28
SELECT g, SUM(v) WITHIN DISTINCT (g, c), GROUPING(g) FROM t GROUP BY ROLLUP(g) ORDER BY 3, 1;
> a | 30 | 0
> b | 12 | 0
> NULL | NULL | 0
> NULL | 42 | 1
# Rows that FILTER leaves out do not count, and a key may have none.
SELECT g, SUM(v) WITHIN DISTINCT (c) FILTER (WHERE k > 2), COUNT(*) WITHIN DISTINCT (c) FILTER (WHERE k IN (1, 5)) FROM t GROUP BY g ORDER BY g;
> a | 20 | 1
> b | 12 | 1
> NULL | NULL | 0
SELECT SUM(v) WITHIN DISTINCT (c), COUNT(*) WITHIN DISTINCT (c) FROM t WHERE FALSE;
> NULL | 0
SELECT k, (SELECT SUM(v) WITHIN DISTINCT (c) + COUNT(*) FROM t b WHERE b.g = a.g) FROM t a WHERE k IN (1, 4, 7) ORDER BY k;
> 1 | 33
> 4 | 15
> 7 | NULL
# A key has one value.
SELECT SUM(v) WITHIN DISTINCT (g) FROM t;
! 21000 an aggregate WITHIN DISTINCT found several values for one of the keys; name more columns there
SELECT SUM(v) WITHIN DISTINCT (v + 0, g) FROM t;
> 42
