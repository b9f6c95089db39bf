# Joins run on batches. NULL equals nothing, and whatever a key's type is, equal values meet.
CREATE TABLE a(id INT, n BIGINT, x DOUBLE, d DECIMAL(8, 2), s VARCHAR(10), day DATE, u UUID, bin VARBINARY(4), label CLASS_LABEL('cat', 'dog'));
CREATE TABLE b(id SMALLINT, n INT, x REAL, d DECIMAL(6, 1), s VARCHAR, day DATE, u UUID, bin VARBINARY(8), v TENSOR(FLOAT32, 2));
INSERT INTO a VALUES
  (1, 10, 1e0, 1.50, 'cat', DATE '2024-01-01', UUID '00000000-0000-0000-0000-000000000001', X'01', 'cat'),
  (2, 20, 2e0, 2.00, 'dog', DATE '2024-01-02', UUID '00000000-0000-0000-0000-000000000002', X'02', 'dog'),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, 20, 0.25, 2.00, 'eel', DATE '2024-01-04', UUID '00000000-0000-0000-0000-000000000004', X'0203', 'cat');
INSERT INTO b VALUES
  (2, 20, 2e0, 2.0, 'dog', DATE '2024-01-02', UUID '00000000-0000-0000-0000-000000000002', X'02', ARRAY[1, 2]),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, 10, 0.25, 1.5, 'cat', DATE '2024-01-04', UUID '00000000-0000-0000-0000-000000000004', X'0203', ARRAY[3, 4]),
  (5, 20, 7e0, 9.9, 'dog', DATE '2024-01-09', UUID '00000000-0000-0000-0000-000000000009', X'09', ARRAY[5, 6]);
SELECT a.id, b.id FROM a JOIN b ON a.id = b.id ORDER BY 1, 2;
> 2 | 2
> 3 | 3
> 4 | 4
SELECT a.id, b.id FROM a JOIN b ON a.n = b.n ORDER BY 1, 2;
> 1 | 4
> 2 | 2
> 2 | 5
> 4 | 2
> 4 | 5
SELECT a.id, b.id FROM a JOIN b ON a.x = b.x ORDER BY 1, 2;
> 2 | 2
> 4 | 4
SELECT a.id, b.id FROM a JOIN b ON a.x = b.id ORDER BY 1, 2;
> 2 | 2
SELECT a.id, b.id FROM a JOIN b ON a.d = b.d ORDER BY 1, 2;
> 1 | 4
> 2 | 2
> 4 | 2
SELECT a.id, b.id FROM a JOIN b ON a.d = b.id ORDER BY 1, 2;
> 2 | 2
> 4 | 2
SELECT a.id, b.id FROM a JOIN b ON a.s = b.s ORDER BY 1, 2;
> 1 | 4
> 2 | 2
> 2 | 5
SELECT a.id, b.id FROM a JOIN b ON a.label = b.s ORDER BY 1, 2;
> 1 | 4
> 2 | 2
> 2 | 5
> 4 | 4
SELECT a.id, b.id FROM a JOIN b ON a.day = b.day ORDER BY 1, 2;
> 2 | 2
> 4 | 4
SELECT a.id, b.id FROM a JOIN b ON a.u = b.u ORDER BY 1, 2;
> 2 | 2
> 4 | 4
SELECT a.id, b.id FROM a JOIN b ON a.bin = b.bin ORDER BY 1, 2;
> 2 | 2
> 4 | 4
SELECT a.id, b.id FROM a JOIN b ON a.n = b.n AND a.s = b.s AND a.id = b.id ORDER BY 1, 2;
> 2 | 2
EXPLAIN SELECT a.id, b.id FROM a JOIN b ON a.n = b.n AND a.s = b.s;
> BatchProject(id=[$0], id0=[$3])
>   BatchJoin(condition=[AND(=($1, CAST($4):BIGINT), =(CAST($2):VARCHAR CHARACTER SET "UTF-8", $5))], joinType=[inner])
>     BatchScan(table=[[main, a]], columns=[[id, n, s]], chunks=[3 of 3], bytes=[75])
>     BatchScan(table=[[main, b]], columns=[[id, n, s]], chunks=[3 of 3], bytes=[51])
> Executor: batch
# NULL is a value to IS NOT DISTINCT FROM alone.
SELECT a.id, b.id FROM a JOIN b ON a.s IS NOT DISTINCT FROM b.s ORDER BY 1, 2;
> 1 | 4
> 2 | 2
> 2 | 5
> 3 | 3
# Rows without a match, of either side and of both; what else is asked of a pair decides too.
SELECT a.id, b.id, b.v FROM a LEFT JOIN b ON a.n = b.n AND b.id < 5 ORDER BY 1, 2;
> 1 | 4 | [3.0, 4.0]
> 2 | 2 | [1.0, 2.0]
> 3 | NULL | NULL
> 4 | 2 | [1.0, 2.0]
SELECT a.id, b.id FROM a RIGHT JOIN b ON a.n = b.n AND a.id > b.id ORDER BY 1, 2;
> 4 | 2
> NULL | 3
> NULL | 4
> NULL | 5
SELECT a.id, b.id FROM a FULL JOIN b ON a.s = b.s AND b.id <> 4 ORDER BY 1, 2;
> 1 | NULL
> 2 | 2
> 2 | 5
> 3 | NULL
> 4 | NULL
> NULL | 3
> NULL | 4
SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.n = a.n) ORDER BY 1;
> 1
> 2
> 4
SELECT id FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.s = a.s AND b.id > a.id + 2) ORDER BY 1;
> 3
> 4
SELECT id FROM a WHERE n IN (SELECT n FROM b) ORDER BY 1;
> 1
> 2
> 4
SELECT id FROM a WHERE n NOT IN (SELECT n FROM b) ORDER BY 1;
SELECT id FROM a WHERE id NOT IN (SELECT id FROM b) ORDER BY 1;
> 1
# Every row with every other, and with the one row of a subquery.
SELECT COUNT(*), SUM(a.id * b.id) FROM a, b;
> 16 | 140
SELECT id, n - (SELECT MIN(n) FROM b) FROM a WHERE x < (SELECT MAX(x) FROM b) ORDER BY 1;
> 1 | 0
> 2 | 10
> 4 | 10
SELECT COUNT(*) FROM a LEFT JOIN (SELECT * FROM b WHERE id > 99) AS few ON a.n > few.n;
> 4
# Floats are equal to each other as to GROUP BY: NaN is itself, and zero has no sign.
CREATE TABLE f(x DOUBLE);
CREATE TABLE g(x DOUBLE);
INSERT INTO f VALUES (CAST('NaN' AS DOUBLE)), (CAST('-0.0' AS DOUBLE)), (1e0), (NULL);
INSERT INTO g VALUES (CAST('NaN' AS DOUBLE)), (0e0), (NULL);
SELECT COUNT(*), COUNT(CASE WHEN f.x = 0 THEN 1 END) FROM f JOIN g ON f.x = g.x;
> 2 | 1
# Rows that batches give to the row executor are what its own scans give, whatever their types.
CREATE TABLE all_types(id INT, bo BOOLEAN, ti TINYINT, sm SMALLINT, bi BIGINT, r REAL, d DECIMAL(10, 3), wide DECIMAL(30, 2), da DATE, tm TIME(6), ts TIMESTAMP(6), tz TIMESTAMP(6) WITH LOCAL TIME ZONE, bin VARBINARY(4), u UUID, label CLASS_LABEL('cat', 'dog'), v TENSOR(FLOAT32, 2), l TEXT ARRAY, e TENSOR(UINT8, *));
INSERT INTO all_types VALUES (1, TRUE, 1, 2, 3, 0.5, 1.250, 123456789012345678901234.50, DATE '2024-02-29', TIME '12:34:56.123456', TIMESTAMP '2024-02-29 12:34:56.123456', TIMESTAMP WITH LOCAL TIME ZONE '2024-02-29 12:34:56.123456 UTC', X'0aFF', UUID '00000000-0000-0000-0000-0000000000ab', 'dog', ARRAY[1, 2], ARRAY['a', NULL], ARRAY[1, 255]);
INSERT INTO all_types (id) VALUES (2);
SELECT UPPER('x'), a.* FROM all_types a LEFT JOIN b ON a.id = b.id WHERE a.id > 0 ORDER BY a.id;
> X | 1 | true | 1 | 2 | 3 | 0.5 | 1.250 | 123456789012345678901234.50 | 2024-02-29 | 12:34:56.123456 | 2024-02-29 12:34:56.123456 | 2024-02-29 12:34:56.123456+00:00 | 0aff | 00000000-0000-0000-0000-0000000000ab | dog | [1.0, 2.0] | ["a",null] | [1, 255]
> X | 2 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
SELECT EXTRACT(MICROSECOND FROM tm), ts + INTERVAL '1' SECOND, LENGTH(bin), UPPER(label), v[1] + 1, u FROM (SELECT tm, ts, bin, label, v, u FROM all_types WHERE id = 1 AND ti > 0) AS x;
> 56123456 | 2024-02-29 12:34:57.123456 | 2 | DOG | 2.0 | 00000000-0000-0000-0000-0000000000ab
# What subqueries and groups are made of: different values, what a FILTER leaves, dates that are constants.
EXPLAIN SELECT s, COUNT(DISTINCT n), COUNT(*) FILTER (WHERE id > 2), SUM(n) FILTER (WHERE id < 3) FROM a WHERE day >= DATE '2024-02-01' - INTERVAL '1' MONTH GROUP BY s;
> BatchProject(s=[$0], EXPR$1=[$4], EXPR$2=[$1], EXPR$3=[$2])
>   BatchJoin(condition=[IS NOT DISTINCT FROM($0, $3)], joinType=[inner])
>     BatchAggregate(group=[{0}], EXPR$2=[COUNT() FILTER $2], EXPR$3=[SUM($1) FILTER $3])
>       BatchProject(s=[$2], n=[$1], $f2=[IS TRUE(>($0, 2))], $f3=[IS TRUE(<($0, 3))])
>         BatchFilter(condition=[>=($3, 2024-01-01)])
>           BatchScan(table=[[main, a]], columns=[[id, n, s, day]], conditions=[[>=($3, 2024-01-01)]], chunks=[4 of 4], bytes=[92])
>     BatchAggregate(group=[{0}], EXPR$1=[COUNT($1)])
>       BatchAggregate(group=[{0, 1}])
>         BatchProject(s=[$0], n=[$1])
>           BatchProject(s=[$2], n=[$1], $f2=[IS TRUE(>($0, 2))], $f3=[IS TRUE(<($0, 3))])
>             BatchFilter(condition=[>=($3, 2024-01-01)])
>               BatchScan(table=[[main, a]], columns=[[id, n, s, day]], conditions=[[>=($3, 2024-01-01)]], chunks=[4 of 4], bytes=[92])
> Executor: batch
SELECT COUNT(DISTINCT n), COUNT(DISTINCT s), COUNT(*) FROM a;
> 2 | 3 | 4
SELECT COUNT(*) FILTER (WHERE id > 1 AND n > 10), SUM(n) FILTER (WHERE id < 3), MIN(s) FILTER (WHERE n = 20), AVG(x) FILTER (WHERE id > 9) FROM a;
> 2 | 30 | dog | NULL
SELECT n, COUNT(DISTINCT s), SUM(DISTINCT id) FROM a GROUP BY n ORDER BY n;
> 10 | 1 | 1
> 20 | 2 | 6
> NULL | 0 | 3
SELECT id FROM a WHERE day BETWEEN DATE '2024-02-03' - INTERVAL '1' MONTH AND DATE '2024-01-01' + INTERVAL '5' DAY;
> 4
SELECT DATE '2024-01-31' + INTERVAL '1' MONTH, DATE '2023-03-31' - INTERVAL '1' MONTH, DATE '2024-02-29' + INTERVAL '1' YEAR, DATE '2024-02-28' + INTERVAL '2' DAY;
> 2024-02-29 | 2023-02-28 | 2025-02-28 | 2024-03-01
# ASOF: of the rows that the condition lets match, the nearest one. NULL is near to nothing.
CREATE TABLE trades(symbol TEXT, t INT, amount INT);
CREATE TABLE quotes(symbol TEXT, t INT, price INT);
INSERT INTO trades VALUES ('a', 10, 1), ('a', 20, 2), ('b', 5, 3), (NULL, 7, 4), ('a', NULL, 5);
INSERT INTO quotes VALUES ('a', 9, 100), ('a', 15, 200), ('b', 9, 300), (NULL, 3, 400), ('a', NULL, 500);
SELECT x.amount, y.price FROM trades x ASOF JOIN quotes y MATCH_CONDITION y.t <= x.t ON x.symbol = y.symbol ORDER BY 1;
> 1 | 100
> 2 | 200
SELECT x.amount, y.price FROM trades x LEFT ASOF JOIN quotes y MATCH_CONDITION y.t <= x.t ON x.symbol = y.symbol ORDER BY 1;
> 1 | 100
> 2 | 200
> 3 | NULL
> 4 | NULL
> 5 | NULL
SELECT x.amount, y.price FROM trades x ASOF JOIN quotes y MATCH_CONDITION y.t > x.t ON x.symbol = y.symbol ORDER BY 1;
> 1 | 200
> 3 | 300
SELECT x.symbol, COUNT(*), SUM(x.amount * y.price) FROM trades x LEFT ASOF JOIN (SELECT * FROM quotes WHERE price < 200) y MATCH_CONDITION y.t < x.t ON x.symbol = y.symbol GROUP BY x.symbol ORDER BY 1;
> a | 3 | 300
> b | 1 | NULL
> NULL | 1 | NULL
SELECT x.amount, y.price FROM trades x ASOF JOIN quotes y MATCH_CONDITION y.t <= x.t ON x.symbol = y.symbol WHERE y.price <> 200 ORDER BY 1;
> 1 | 100
SELECT x.amount, y.price, z.price FROM trades x ASOF JOIN quotes y MATCH_CONDITION y.t <= x.t ON x.symbol = y.symbol JOIN quotes z ON z.symbol = x.symbol AND z.price = y.price ORDER BY 1;
> 1 | 100 | 100
> 2 | 200 | 200
SELECT x.amount, y.price FROM trades x ASOF JOIN quotes y MATCH_CONDITION y.t <= x.t ON x.symbol = y.symbol WHERE EXISTS (SELECT 1 FROM quotes q WHERE q.price = y.price AND q.t < 10);
> 1 | 100
SELECT x.amount, (SELECT y.price FROM trades w ASOF JOIN quotes y MATCH_CONDITION y.t <= w.t ON w.symbol = y.symbol WHERE w.amount = x.amount) AS p FROM trades x ORDER BY 1;
> 1 | 100
> 2 | 200
> 3 | NULL
> 4 | NULL
> 5 | NULL
