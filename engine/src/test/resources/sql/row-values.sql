# Rows compared with rows: the first pair that differs decides, and is NULL if one of it is.
CREATE TABLE n(u INTEGER UNSIGNED, id INTEGER, b BIGINT UNSIGNED);
INSERT INTO n VALUES (1, 1, 1), (NULL, 1, NULL), (3, NULL, 1);
SELECT (u, id) <= (1, 2), (b, id) > (u, 0), (u, id) <> (1, 1), (u, id) IS DISTINCT FROM (1, 2), (u, id) BETWEEN (1, 0) AND (3, 5) FROM n;
> true | true | false | true | true
> NULL | NULL | NULL | true | NULL
> false | false | true | true | NULL
# IN of rows that may be NULL: TRUE if one is equal, else NULL if one may be; never more rows than there were.
CREATE TABLE m(a INTEGER, b INTEGER);
INSERT INTO m VALUES (1, 1), (NULL, 1), (3, NULL);
SELECT (a, b) IN (SELECT a, b FROM m), (a, b) NOT IN (SELECT a, b FROM m) FROM m;
> true | false
> NULL | NULL
> NULL | NULL
SELECT (1, 1) IN (SELECT a, b FROM m), (3, 4) IN (SELECT a, b FROM m), (5, 5) IN (SELECT a, b FROM m), (5, 1) NOT IN (SELECT a, b FROM m);
> true | NULL | false | NULL
SELECT * FROM m WHERE (a, b) NOT IN (SELECT 3, 4);
> 1 | 1
> NULL | 1
SELECT (NULL, 5) IN (SELECT 1, 1), (NULL, 5) NOT IN (SELECT 1, 1), (NULL, 1) IN (SELECT 1, 1);
> false | true | NULL
SELECT a, b, (a, b) IN (SELECT a, b FROM m AS z WHERE z.b = m.b) FROM m;
> 1 | 1 | true
> NULL | 1 | NULL
> 3 | NULL | false
SELECT m.a, z.b FROM m JOIN m AS z ON (m.a, z.b) NOT IN (SELECT 3, 4) ORDER BY 1, 2;
> 1 | 1
> 1 | 1
> 1 | NULL
> 3 | 1
> 3 | 1
> NULL | 1
> NULL | 1
# What a subquery before this one found says nothing of NULLs in its columns.
SELECT *, CASE WHEN EXISTS (SELECT 1 FROM (SELECT 3, 4) AS z(x, y) WHERE x = m.a AND y = m.b) THEN 'is' WHEN EXISTS (SELECT 1 FROM (SELECT 3, 4) AS z(x, y) WHERE (x = m.a AND y = m.b) IS NOT FALSE) THEN 'may be' ELSE 'is not' END FROM m;
> 1 | 1 | is not
> NULL | 1 | is not
> 3 | NULL | may be
# Nor do columns that are read twice, in one subquery within another, lose what they were compared with.
SELECT a, b, EXISTS (SELECT 1 FROM (SELECT a, b FROM m AS z WHERE z.b = m.b) AS q WHERE (q.a = m.a AND q.b = m.b) IS NOT FALSE) FROM m;
> 1 | 1 | true
> NULL | 1 | true
> 3 | NULL | false
# A row is compared, and neither told nor stored as one value.
SELECT ROW(1, 'a');
! 0A000 column 1 of the query is a row of 2 values
SELECT 2, (1, 'a') AS r FROM (VALUES (1), (2)) v(x);
! 0A000 column 2
CREATE TABLE of_rows AS SELECT ROW(1, 'a') AS r;
! 0A000
COPY (SELECT ROW(1, 'a')) TO 'row.csv';
! 0A000
SELECT (1, 'a') = (1, 'a');
> true
