# COUNT, MIN and MAX of whole columns are told by their statistics, where those are true of the rows there are.
CREATE TABLE t(id INTEGER NOT NULL, small SMALLINT, day DATE, price DOUBLE, word TEXT, kind CLASS_LABEL('b', 'a'));
SELECT COUNT(*), COUNT(small), MIN(id), MAX(price) FROM t;
> 0 | 0 | NULL | NULL
INSERT INTO t SELECT g, CASE WHEN MOD(g, 4) > 0 THEN MOD(g * 7, 1000) - 500 END, DATE '2026-01-01' + MOD(g, 90) * INTERVAL '1' DAY, g / 7.0 - 1, 'word ' || CAST(g AS VARCHAR), CASE WHEN MOD(g, 2) = 0 THEN 'a' ELSE 'b' END FROM generate_series(1, 140000) AS x(g);
= 140000
OPTIMIZE TABLE t;
> t | 18 | 18
EXPLAIN SELECT MAX(id), MIN(small), COUNT(small), MIN(day), MAX(price), COUNT(*), MIN(small) FROM t;
> BatchProject(EXPR$0=[$0], EXPR$1=[$1], EXPR$2=[$2], EXPR$3=[$3], EXPR$4=[$4], EXPR$5=[$5], EXPR$6=[$1])
>   BatchAggregate(group=[{}], EXPR$0=[MAX($0)], EXPR$6=[MIN($1)], EXPR$2=[COUNT($1)], EXPR$3=[MIN($2)], EXPR$4=[MAX($3)], EXPR$5=[COUNT()])
>     BatchScan(table=[[main, t]], columns=[[id, small, day, price]], chunks=[0 of 0], bytes=[0])
> Executor: batch
SELECT MAX(id), MIN(small), MAX(small), COUNT(small), MIN(day), MAX(day), ROUND(MIN(price), 3), COUNT(*), MIN(id) FROM t;
> 140000 | -499 | 499 | 105000 | 2026-01-01 | 2026-03-31 | -0.857 | 140000 | 1
SELECT MIN(small), MAX(price) FROM t;
> -499 | 19999.0
SELECT MIN(small + 0), MAX(price + 0) FROM t;
> -499 | 19999.0
# Texts are cut in statistics, labels are compared as texts: both are read.
SELECT MIN(word), MAX(word), MIN(kind), MAX(kind) FROM t;
> word 1 | word 99999 | a | b
# What is computed, filtered or grouped is read.
SELECT MAX(id) FILTER (WHERE small < 0), MAX(-id) FROM t;
> 139927 | -1
SELECT MAX(id) FROM t WHERE id < 100;
> 99
# A newer row is in memory, and looked at.
INSERT INTO t VALUES (200000, -600, DATE '2030-01-01', 1e9, 'zoo', 'a');
= 1
EXPLAIN SELECT MAX(id), MIN(small), MAX(day) FROM t;
> BatchAggregate(group=[{}], EXPR$0=[MAX($0)], EXPR$1=[MIN($1)], EXPR$2=[MAX($2)])
>   BatchScan(table=[[main, t]], columns=[[id, small, day]], chunks=[0 of 0], bytes=[0])
> Executor: batch
SELECT MAX(id), MIN(small), MAX(day), MAX(price), COUNT(small), COUNT(*) FROM t;
> 200000 | -600 | 2030-01-01 | 1.0E9 | 105001 | 140001
# In a transaction, too.
START TRANSACTION;
INSERT INTO t (id) VALUES (300000);
= 1
SELECT MAX(id), COUNT(id), COUNT(small) FROM t;
> 300000 | 140002 | 105001
ROLLBACK;
SELECT MAX(id), COUNT(id) FROM t;
> 200000 | 140001
# What was written over is not known any more, until the table is laid out anew.
UPDATE t SET small = -700 WHERE id = 7;
= 1
EXPLAIN SELECT MIN(small) FROM t;
> BatchAggregate(group=[{}], EXPR$0=[MIN($0)])
>   BatchScan(table=[[main, t]], columns=[[small]], chunks=[4 of 4], bytes=[192698])
> Executor: batch
SELECT MIN(small), MAX(id), COUNT(small) FROM t;
> -700 | 200000 | 105001
UPDATE t SET small = 0 WHERE id = 7;
= 1
SELECT MIN(small) FROM t;
> -600
# Deleted rows are still in the statistics.
DELETE FROM t WHERE id = 200000;
= 1
SELECT MAX(id), MIN(small), MAX(price), COUNT(*), COUNT(small) FROM t;
> 140000 | -499 | 19999.0 | 140000 | 105000
EXPLAIN SELECT MAX(id) FROM t;
> BatchAggregate(group=[{}], EXPR$0=[MAX($0)])
>   BatchScan(table=[[main, t]], columns=[[id]], chunks=[4 of 4], bytes=[277892])
> Executor: batch
# NaN is the greatest, and zeros have signs.
CREATE TABLE f(x DOUBLE, y REAL, z DOUBLE);
INSERT INTO f VALUES (1.5, 2.5, 0.0), (CAST('NaN' AS DOUBLE), -2.5, -1), (NULL, NULL, NULL);
= 3
SELECT MIN(x), MAX(x), MIN(y), MAX(y), MIN(z), MAX(z), COUNT(x) FROM f;
> 1.5 | NaN | -2.5 | 2.5 | -1.0 | 0.0 | 2
# Columns added later have their values.
ALTER TABLE f ADD COLUMN w INTEGER;
SELECT MIN(w), MAX(w), COUNT(w) FROM f;
> NULL | NULL | 0
CREATE TABLE times(at TIMESTAMP, zone TIMESTAMP WITH LOCAL TIME ZONE, clock TIME, n BIGINT, b TINYINT, d DECIMAL(9, 2), ok BOOLEAN);
INSERT INTO times VALUES (TIMESTAMP '2026-01-02 03:04:05.000006', TIMESTAMP WITH LOCAL TIME ZONE '2026-01-02 03:04:05 UTC', TIME '03:04:05', 9223372036854775807, -128, 1.25, TRUE), (TIMESTAMP '1969-01-02 03:04:05', NULL, TIME '01:00:00', -9223372036854775808, 127, -3.5, FALSE);
= 2
SELECT MIN(at), MAX(at), MIN(zone), MIN(clock), MAX(clock), MIN(n), MAX(n), MIN(b), MAX(b), MIN(d), MAX(d) FROM times;
> 1969-01-02 03:04:05 | 2026-01-02 03:04:05.000006 | 2026-01-02 03:04:05+00:00 | 01:00:00 | 03:04:05 | -9223372036854775808 | 9223372036854775807 | -128 | 127 | -3.50 | 1.25
