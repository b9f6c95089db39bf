# What is written and read again is the same, whatever the type: by CSV and by JSON.
CREATE TABLE t(i INTEGER, b BIGINT, f REAL, d DOUBLE, n DECIMAL(20, 5), s VARCHAR, x VARBINARY(10), dt DATE, tm TIME(3), ts TIMESTAMP(6), o BOOLEAN, e TENSOR(FLOAT32, *, 2), u TENSOR(UINT64, 2), l CLASS_LABEL('a', 'b'), j JSON);
INSERT INTO t VALUES (1, 9223372036854775807, 0.1, 1e-300, -12.34567, 'a "b", c', X'00ff', DATE '2026-11-23', TIME '12:00:01.5', TIMESTAMP '2026-11-23 12:00:00.000001', TRUE, ARRAY[ARRAY[0.1, 2], ARRAY[3, 4]], ARRAY[18446744073709551615, 0], 'b', '{"k": [1, 2.50, null]}');
INSERT INTO t(i, s) VALUES (2, ''), (3, NULL);
INSERT INTO t(i, s) VALUES (-4, U&'\000A\000D'), (5, ' ,;'), (6, U&'\4E2D''\\N');
INSERT INTO t(i, d, f) VALUES (7, CAST('NaN' AS DOUBLE), 16777216), (8, -0e0, 3.4e38);
INSERT INTO t(i, d) VALUES (9, 1e23), (10, -2.5e-320);
COPY t TO 'out.csv';
> 10 | 1
CREATE TABLE u(i INTEGER, b BIGINT, f REAL, d DOUBLE, n DECIMAL(20, 5), s VARCHAR, x VARBINARY(10), dt DATE, tm TIME(3), ts TIMESTAMP(6), o BOOLEAN, e TENSOR(FLOAT32, *, 2), u TENSOR(UINT64, 2), l CLASS_LABEL('a', 'b'), j JSON);
COPY u FROM 'out.csv';
> 10 | 0 | 1
SELECT TABLE_HASH('t') = TABLE_HASH('u') AS same;
> true
TRUNCATE u;
COPY t TO 'out.json' (FORMAT json);
> 10 | 1
COPY u FROM 'out.json';
> 10 | 0 | 1
SELECT TABLE_HASH('t') = TABLE_HASH('u') AS same;
> true
# Packed by the ending of the name.
TRUNCATE u;
COPY t TO 'out.csv.gz';
COPY u FROM 'out.csv.gz';
COPY t TO 'out.json.zst';
COPY u FROM 'out.json.zst';
SELECT COUNT(*) FROM u;
> 20
# Other dialects, columns, and queries.
TRUNCATE u;
COPY t TO 'out.txt' (DELIMITER '|', QUOTE '''', ESCAPE '\', NULL 'NULL', HEADER FALSE, ENCODING 'UTF-16');
COPY u FROM 'out.txt' (DELIMITER '|', QUOTE '''', ESCAPE '\', NULL 'NULL', HEADER FALSE, ENCODING 'UTF-16');
SELECT TABLE_HASH('t') = TABLE_HASH('u') AS same;
> true
COPY t(i, s) TO 'two.tsv';
COPY (SELECT i AS "number", s FROM t WHERE i > 5 ORDER BY i DESC) TO 'query.csv';
> 5 | 1
CREATE TABLE two("number" INTEGER, s VARCHAR);
COPY two FROM 'query.csv';
SELECT "number" FROM two;
> 10
> 9
> 8
> 7
> 6
# One column of NULLs is as many lines.
CREATE TABLE single(a VARCHAR);
INSERT INTO single VALUES (NULL), (''), ('x'), (NULL);
COPY single TO 'one.csv';
COPY single FROM 'one.csv';
> 4 | 0 | 1
SELECT COUNT(*) AS n, COUNT(a) AS given FROM single;
> 8 | 4
# An error leaves no file behind, and the one that was there as it was.
COPY (SELECT 1 / (i - 6) AS q FROM t ORDER BY i) TO 'query.csv';
! 22012 division by zero
COPY two FROM 'query.csv';
> 5 | 0 | 1
COPY (SELECT i, i FROM t) TO 'query.json';
! 42701 two columns are called
COPY two FROM 'query.json';
! 58P01 there is no file
COPY t TO 'no/such/folder.csv';
! 58P01 there is no folder
COPY t TO 'shops' (FORMAT csv);
! 58P02 that is a folder
COPY t(i FROM 1) TO 'out.csv';
! 42601 a query has AS
COPY (SELECT nothing FROM t) TO 'out.csv';
! 42703 nothing
COPY t TO 'latin.csv' (ENCODING 'latin1');
! INVALID_VALUE cannot be written in ISO-8859-1
