# AND, OR, CASE and FILTER look at an operand only where those before it leave the answer open,
# whoever runs the query.
CREATE TABLE e(a INTEGER, b INTEGER, s TEXT);
INSERT INTO e VALUES (0, 1, 'x'), (1, 2, 'y'), (5, 3, 'z'), (NULL, 4, 'w');
SELECT a FROM e WHERE a <> 0 AND 10 / a > 1;
> 1
> 5
SELECT a FROM e WHERE UPPER(s) <> 'Q' AND a <> 0 AND 10 / a > 1;
> 1
> 5
SELECT a FROM e WHERE (a = 0 OR 10 / a > 1) AND LOWER(s) LIKE '%';
> 0
> 1
> 5
SELECT a FROM e WHERE NOT (LOWER(s) = 'x' OR 10 / a > 1);
> (none)
SELECT a, a <> 0 AND 10 / a > 1, a = 0 OR 10 / a > 1, REVERSE(s) FROM e;
> 0 | false | true | x
> 1 | true | true | y
> 5 | true | true | z
> NULL | NULL | NULL | w
SELECT a, (a <> 0 AND 10 / a > 5) IS NULL FROM e WHERE REVERSE(s) > 'x';
> 1 | false
> 5 | false
SELECT a, b > 3 AND 10 / a > 1, b < 4 OR 10 / a > 1 FROM e WHERE REVERSE(s) >= 'w';
> 0 | false | true
> 1 | false | true
> 5 | false | true
> NULL | NULL | NULL
SELECT CASE WHEN a = 0 THEN -1 WHEN 10 / a > 5 THEN 1 ELSE 0 END, REVERSE(s) FROM e;
> -1 | x
> 1 | y
> 0 | z
> 0 | w
SELECT COALESCE(b, 1 / a), NULLIF(a, 0), REVERSE(s) FROM e WHERE a = 0;
> 1 | NULL | x
SELECT e.a FROM e JOIN e AS f ON e.a = f.a AND e.a <> 0 AND 10 / e.a > 1;
> 1
> 5
SELECT e.a, f.b FROM e LEFT JOIN e AS f ON f.a < e.b AND f.a <> 0 AND e.b / f.a > 2 ORDER BY e.a;
> 0 | NULL
> 1 | NULL
> 5 | 2
> NULL | 2
SELECT a FROM e WHERE a <> 0 AND EXISTS (SELECT 1 FROM e AS f WHERE 10 / e.a > f.a);
> 1
> 5
SELECT SUM(10 / a) FILTER (WHERE a <> 0), COUNT(*) FROM e;
> 12 | 4
SELECT SUM(10 / a) FILTER (WHERE a <> 0), MIN(LENGTH(s) / a) FILTER (WHERE a > 1) FROM e;
> 12 | 0
SELECT s FROM e WHERE s = 'x' AND CAST(s AS INTEGER) = 1;
! 22018 'x'
SELECT s FROM e WHERE s ~ '^[0-9]+$' AND CAST(s AS INTEGER) = 1;
> (none)
# What is not left out fails.
SELECT a FROM e WHERE UPPER(s) <> 'Q' AND 10 / a > 1;
! 22012
# A number that REAL does not hold is an error where it is a constant too.
SELECT CAST(1e300 AS REAL);
! 22003 1.0E300
SELECT CAST(-1e39 AS REAL) FROM e;
! 22003
SELECT CAST(1e38 AS REAL);
> 1.0E38
SELECT d FROM (SELECT ABS(x) AS d, TIME '10:00:00' AS t FROM (VALUES (1)) AS v(x)) WHERE CASE WHEN d IN (-2, -6) OR 1 / d IS DISTINCT FROM d THEN t END IS DISTINCT FROM TIME '23:59:59';
> 1
