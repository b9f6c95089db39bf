CREATE TABLE n(i8 TINYINT, i16 SMALLINT, i32 INTEGER, i64 BIGINT, u8 TENSOR(UINT8), u64 TENSOR(UINT64), r REAL, f DOUBLE, d DECIMAL(10, 2), b BOOLEAN);
INSERT INTO n VALUES (-128, 32767, 2147483647, 9223372036854775807, 255, 18446744073709551615, 0.1, 1e300, 12345678.99, TRUE);
SELECT * FROM n;
> -128 | 32767 | 2147483647 | 9223372036854775807 | 255 | 18446744073709551615 | 0.1 | 1.0E300 | 12345678.99 | true
# Integers do not wrap, sums do not either, averages are not cut.
SELECT i32 + 1 FROM n;
! 22003
SELECT i32 + 1, row_number() OVER (ORDER BY i32) FROM n;
! 22003
SELECT i64 * 2 FROM n;
! 22003
SELECT -i8 FROM n;
! 22003
INSERT INTO n(i32, i64) VALUES (2147483647, 9223372036854775807);
SELECT sum(i32), sum(i64), avg(i32) FROM n;
> 4294967294 | 18446744073709551614 | 2.147483647E9
# The same from Calcite's executor, which FILTER needs.
SELECT sum(i32), sum(i64), avg(i32), sum(r), count(*) FILTER (WHERE i32 > 0) FROM n;
> 4294967294 | 18446744073709551614 | 2.147483647E9 | 0.10000000149011612 | 2
SELECT 7 / 2, 7 / 2.0, -7 / 2;
> 3 | 3.500000 | -3
SELECT avg(x) FROM (VALUES (1), (2)) AS v(x);
> 1.5
SELECT 1 / 0;
! 22012 division by zero
SELECT CAST(300 AS TINYINT);
! 22003 300
SELECT CAST('abc' AS INTEGER);
! 22018 abc
# Names that other databases and the standard have for these types.
CREATE TABLE customary(f REAL, d FLOAT(53), r FLOAT(24), c CLOB, cn CLOB(3), b BLOB, bn BLOB(2), y BYTEA, bytea INTEGER);
SELECT column_name, type FROM TABLE(versor.columns('customary')) WHERE column_name <> 'f';
> d | DOUBLE
> r | REAL
> c | TEXT
> cn | VARCHAR(3)
> b | VARBINARY
> bn | VARBINARY(2)
> y | VARBINARY
> bytea | INTEGER
INSERT INTO customary(cn) VALUES ('four');
! TOO_LONG
SELECT CAST('x' AS CLOB), CAST(1 AS FLOAT(1));
> x | 1.0
CREATE TABLE too_precise(f FLOAT(54));
! 42601 expected 1 to 53 bits
# Decimals stay exact.
SELECT 0.1 + 0.2, sum(x) FROM (VALUES (0.10), (0.20), (0.30)) AS v(x);
> 0.3 | 0.60
# Texts are not padded.
SELECT '[' || x || ']' FROM (VALUES ('a'), ('bcd')) AS v(x);
> [a]
> [bcd]
SELECT 'a' AS x UNION ALL SELECT 'bcd';
> a
> bcd
SELECT 'é', '猫', U&'\00e9' || 'x';
> é | 猫 | éx
# Timestamps keep their microseconds, whatever is computed with them.
CREATE TABLE times(ts TIMESTAMP, t3 TIMESTAMP(3), d DATE, t TIME, z TIMESTAMP WITH TIME ZONE);
INSERT INTO times VALUES (TIMESTAMP '2026-01-31 23:59:59.123456', '2026-01-31 23:59:59.123', DATE '2026-01-31', TIME '12:34:56', '2026-01-31 23:59:59.000001Z');
SELECT * FROM times;
> 2026-01-31 23:59:59.123456 | 2026-01-31 23:59:59.123 | 2026-01-31 | 12:34:56 | 2026-01-31 23:59:59.000001Z
SELECT CAST(ts AS VARCHAR), CAST(CAST(ts AS VARCHAR) AS TIMESTAMP) = ts FROM times;
> 2026-01-31 23:59:59.123456 | true
SELECT ts + INTERVAL '1' DAY, ts + INTERVAL '1' MONTH, CAST(ts AS DATE) FROM times;
> 2026-02-01 23:59:59.123456 | 2026-02-28 23:59:59.123456 | 2026-01-31
SELECT EXTRACT(YEAR FROM ts), EXTRACT(MINUTE FROM ts), FLOOR(ts TO MONTH) FROM times;
> 2026 | 59 | 2026-01-01 00:00
SELECT count(*) FROM times WHERE ts > TIMESTAMP '2026-01-31 23:59:59.123455' AND ts < TIMESTAMP '2026-01-31 23:59:59.123457';
> 1
SELECT count(*) FROM times WHERE ts IN (TIMESTAMP '2026-01-31 23:59:59.123456', TIMESTAMP '2000-01-01 00:00:00');
> 1
SELECT max(ts) FROM (VALUES (TIMESTAMP '2026-01-01 00:00:00.000001'), (NULL)) AS v(ts);
> 2026-01-01 00:00:00.000001
INSERT INTO times(t3) VALUES (TIMESTAMP '2026-01-01 00:00:00.1234');
! INVALID_VALUE column t3 of times, row 1
# Tensors.
CREATE TABLE x(e EMBEDDING(3), g TENSOR(UINT8, *, 2), c CLASS_LABEL('cat', 'dog'), j JSON, l LIST, v VARCHAR(3), y VARBINARY(2));
INSERT INTO x VALUES (ARRAY[1, 2.5, 3], ARRAY[ARRAY[1, 2], ARRAY[3, 255]], 'dog', '{"a": 1}', '[1, "b"]', 'abc', X'00ff');
SELECT * FROM x;
> [1.0, 2.5, 3.0] | [[1, 2], [3, 255]] | dog | {"a": 1} | [1, "b"] | abc | 00ff
SELECT LABEL_ID(c), SHAPE(g), SHAPE(g)[1] FROM x;
> 1 | [2, 2] | 2
SELECT c FROM x WHERE c = 'dog' AND c <> 'cat' AND LABEL_ID(x.c) = 1;
> dog
SELECT L2_DISTANCE(e, ARRAY[1, 2.5, 5]) FROM x;
> 2.0
INSERT INTO x(e) VALUES (ARRAY[1, 2]);
! INVALID_VALUE column e of x, row 1: shape [2], expected [3]
INSERT INTO x(g) VALUES (ARRAY[ARRAY[1, 2, 3]]);
! INVALID_VALUE expected [*, 2]
INSERT INTO x(g) VALUES (ARRAY[ARRAY[1, 256]]);
! 22003 256
INSERT INTO x(c) VALUES ('bird');
! INVALID_VALUE class label 'bird', expected one of 'cat', 'dog'
INSERT INTO x(j) VALUES ('{');
! INVALID_VALUE no JSON
INSERT INTO x(l) VALUES ('{}');
! INVALID_VALUE a JSON array
INSERT INTO x(v) VALUES ('abcd');
! TOO_LONG column v of x
INSERT INTO x(y) VALUES (X'000000');
! TOO_LONG column y of x
INSERT INTO n(i32) VALUES (1.5);
! INVALID_VALUE column i32 of n, row 1: 1.5, expected a whole number
INSERT INTO n(i8) VALUES (1), (128);
! 22003 column i8 of n, row 2: 128
INSERT INTO n(u64) VALUES (-1);
! 22003 -1
INSERT INTO n(r) VALUES (16777217);
! 22003 16777217
SELECT count(*) FROM n;
> 2
# Casts to tensors are as exact as an INSERT.
SELECT CAST(ARRAY[1, 2] AS EMBEDDING(2)), CAST(ARRAY[ARRAY[1, 2]] AS TENSOR(UINT8, *, 2));
> [1.0, 2.0] | [[1, 2]]
SELECT count(*) FROM x WHERE e = CAST(ARRAY[1, 2.5, 3] AS EMBEDDING(3));
> 1
SELECT CAST(ARRAY[1, 2, 3] AS EMBEDDING(2));
! 22023 expected that shape
SELECT CAST(ARRAY[256] AS TENSOR(UINT8, *));
! 22003 256
SELECT CAST(1 AS TEXT) || 'x', CAST(X'ff' AS IMAGE);
> 1x | ff
# Timestamps are cut to any unit, and never taken for milliseconds.
CREATE TABLE w(ts TIMESTAMP);
INSERT INTO w VALUES (TIMESTAMP '2026-01-01 10:20:30.123456'), (TIMESTAMP '2026-01-01 10:20:59.5');
SELECT FLOOR(ts TO MINUTE), CEIL(ts TO HOUR), FLOOR(ts TO SECOND), FLOOR(ts TO DAY), FLOOR(ts TO MONTH) FROM w LIMIT 1;
> 2026-01-01 10:20 | 2026-01-01 11:00 | 2026-01-01 10:20:30 | 2026-01-01 00:00 | 2026-01-01 00:00
SELECT count(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW) FROM w;
! 0A000 RANGE of an interval
SELECT count(*) OVER (ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM w;
> 1
> 2
