# Products and sums of DECIMALs beyond 18 digits, averages, and parts of dates: on batches, with the
# values of rows. Only a result must have 38 digits, not what is on the way to it.
CREATE TABLE t (id INT, g VARCHAR, price DECIMAL(15, 2), discount DECIMAL(15, 2), tax DECIMAL(15, 2), day DATE, huge DECIMAL(38, 4));
= 0
INSERT INTO t VALUES (1, 'a', 100.10, 0.05, 0.08, DATE '1996-02-29', 1.5), (2, 'a', 9999999999999.99, 0.10, -9999999999999.99, DATE '1995-12-31', -9999999999999999999999999999999999.9999), (3, 'b', -0.01, 1.00, 0.00, NULL, 9999999999999999999999999999999999.9999), (4, 'b', NULL, 0.02, 0.01, DATE '0001-01-01', 0.0001), (5, 'c', NULL, NULL, NULL, DATE '9999-10-01', NULL);
= 5
EXPLAIN SELECT g, SUM(price * (1 - discount)) AS a, SUM(price * (1 - discount) * (1 + tax)) AS b, AVG(price) AS c, COUNT(*) AS n FROM t GROUP BY g;
> BatchAggregate(group=[{0}], a=[SUM($1)], b=[SUM($2)], c=[AVG($3)], n=[COUNT()])
>   BatchProject(g=[$0], $f1=[*($1, -(1, $2))], $f2=[*(*($1, -(1, $2)), +(1, $3))], price=[$1])
>     BatchScan(table=[[main, t]], columns=[[g, price, discount, tax]], chunks=[4 of 4], bytes=[268])
> Executor: batch
SELECT g, SUM(price * (1 - discount)), SUM(price * (1 - discount) * (1 + tax)), AVG(price), AVG(discount), AVG(huge), SUM(huge) FROM t GROUP BY g ORDER BY g;
! 22003 the SUM -9999999999999999999999999999999998.4999 does not fit into DECIMAL(38, 6); cast an operand to a wider type
SELECT id, price * (1 - discount), price * discount - tax * discount, CASE WHEN id < 3 THEN price * discount ELSE 0 END, -price * tax FROM t ORDER BY id;
> 1 | 95.0950 | 5.0010 | 5.0050 | -8.0080
> 2 | 8999999999999.9910 | 1999999999999.9980 | 999999999999.9990 | 99999999999999800000000000.0001
> 3 | 0.0000 | -0.0100 | 0.0000 | 0.0000
> 4 | NULL | NULL | 0.0000 | NULL
> 5 | NULL | NULL | 0.0000 | NULL
SELECT SUM(CASE WHEN g = 'a' THEN price * (1 - discount) ELSE 0 END) / SUM(price * (1 - discount)) FROM t;
> 1.000000
SELECT EXTRACT(YEAR FROM day), EXTRACT(MONTH FROM day), EXTRACT(DAY FROM day), EXTRACT(QUARTER FROM day) FROM t ORDER BY id;
> 1996 | 2 | 29 | 1
> 1995 | 12 | 31 | 4
> NULL | NULL | NULL | NULL
> 1 | 1 | 1 | 1
> 9999 | 10 | 1 | 4
SELECT EXTRACT(YEAR FROM day) AS y, SUM(price * tax) FROM t GROUP BY EXTRACT(YEAR FROM day) ORDER BY y;
> 1 | NULL
> 1995 | -99999999999999800000000000.0001
> 1996 | 8.0080
> 9999 | NULL
> NULL | 0.0000
SELECT SUM(huge + huge) FROM t;
> 3.0002
SELECT SUM(huge * price) FROM t WHERE id = 2;
! 22003 the SUM -99999999999999899999999999999999999999000000000.000001 does not fit into DECIMAL(38, 6); cast an operand to a wider type
SELECT SUM(huge) FROM (SELECT huge FROM t WHERE id = 3 UNION ALL SELECT huge FROM t WHERE id = 3);
! 22003 the SUM 19999999999999999999999999999999999.9998 does not fit into DECIMAL(38, 4); cast an operand to a wider type
SELECT SUM(huge) FROM (SELECT huge FROM t WHERE id = 3 UNION ALL SELECT huge FROM t WHERE id = 3 UNION ALL SELECT huge FROM t WHERE id = 2);
> 9999999999999999999999999999999999.9999
SELECT AVG(huge), SUM(DISTINCT huge) FROM t WHERE id > 100;
> NULL | NULL
SELECT AVG(x) FROM (VALUES (CAST(1 AS DECIMAL(10, 2))), (2), (2)) AS v (x);
> 1.666667
SELECT AVG(price) FILTER (WHERE id = 1), SUM(price * tax) FILTER (WHERE id = 3) FROM t;
> 100.100000 | 0.0000
SELECT SUM(huge * price), SUM(huge * price * price) FROM (SELECT huge, price FROM t WHERE id = 2 UNION ALL SELECT -huge, price FROM t WHERE id = 2) AS x;
> 0.000000 | 0.00000000
SELECT huge + huge FROM t WHERE id = 1;
> 3.0000
SELECT huge + huge FROM t WHERE id < 3;
! 22003 -19999999999999999999999999999999999.9998 does not fit into DECIMAL(38, 4); cast an operand to a wider type
SELECT MAX(price * tax), MIN(price * discount * tax) FROM t;
> 8.0080 | -9999999999999980000000000.000010
SELECT SUM(price * 1.5), SUM(price + huge), SUM(huge - 1), SUM(CAST(price AS DECIMAL(30, 5))) FROM t WHERE id < 4;
> 15000000000150.120 | 10000000000101.5800 | -1.5000 | 10000000000100.08000
# Quotients have all their digits, and so have averages.
SELECT CAST(18446744073709551614 AS DECIMAL(38, 0)) / 2, 12345678901234567890.123456789 / 3, 1.0 / 3, 10 / 4.0;
> 9223372036854775807.000000 | 4115226300411522630.041152 | 0.333333333333 | 2.500000
SELECT SUM(x) / COUNT(*) FROM (VALUES (9223372036854775807), (9223372036854775807)) AS v (x);
> 9223372036854775807.000000
SELECT AVG(x), SUM(x) / 7 FROM (VALUES (CAST(12345678901234567890.123456789012345678 AS DECIMAL(38, 18)))) AS v (x);
> 12345678901234567890.123456789012345678 | 1763668414462081127.160494
CREATE TABLE q (a DECIMAL(38, 9), c BIGINT);
INSERT INTO q VALUES (12345678901234567890.123456789, 3);
SELECT a / c, AVG(a) OVER (), a / NULLIF(c, 3), CASE WHEN a / 3 > 1 THEN a / 7 END FROM q;
> 4115226300411522630.041152 | 12345678901234567890.123456789 | NULL | 1763668414462081127.160494
UPDATE q SET a = CAST(a / c AS DECIMAL(38, 6));
= 1
SELECT a FROM q;
> 4115226300411522630.041152000
# What is on the way to a result is not rounded.
SELECT STDDEV_POP(x), STDDEV_POP(x) OVER (), SUM(x) / 3 * 30000 FROM (VALUES (0.0001), (0.0003)) AS v (x) GROUP BY x ORDER BY x;
> 0.000000 | 0.000100 | 1.000000
> 0.000000 | 0.000100 | 3.000000
SELECT STDDEV_POP(x) FROM (VALUES (0.0001), (0.0003)) AS v (x);
> 0.000100
SELECT a / 0.00 FROM q;
! 22012 / 0.00: division by zero; use NULLIF(divisor, 0) for NULL
