# Tensors and lists where one value of several is taken: they are brought to their common type.
CREATE TABLE t(id INTEGER PRIMARY KEY, a TENSOR(FLOAT32, 2), r TENSOR(FLOAT32, *), b TENSOR(INT8, 2), s TENSOR(INT16, *), m TENSOR(INT8, *, *), q TENSOR(BOOL, 2), e EMBEDDING(2), u TENSOR(UINT64, *), l TENSOR(FLOAT32, *) ARRAY, w VARCHAR ARRAY);
INSERT INTO t VALUES (1, ARRAY[1, 2], ARRAY[3], ARRAY[4, 5], ARRAY[300], ARRAY[ARRAY[1]], ARRAY[TRUE, FALSE], ARRAY[6, 7], ARRAY[18446744073709551615], ARRAY[ARRAY[1], ARRAY[2, 3]], ARRAY['x']), (2, NULL, ARRAY[1, 2], NULL, ARRAY[4, 5], NULL, NULL, NULL, ARRAY[1], NULL, ARRAY[]);
CREATE TABLE made AS SELECT COALESCE(a, r) AS fixed_ragged, COALESCE(b, s) AS int8_int16, COALESCE(a, b) AS float_int8, COALESCE(a, e) AS same_numbers, COALESCE(b, ARRAY[0, 0]) AS literal, COALESCE(b, ARRAY[0.5]) AS fraction FROM t;
SELECT column_name, type FROM TABLE(versor.columns('made'));
> fixed_ragged | TENSOR(FLOAT32, *)
> int8_int16 | TENSOR(INT16, *)
> float_int8 | TENSOR(FLOAT32, 2)
> same_numbers | TENSOR(FLOAT32, 2)
> literal | TENSOR(INT8, *)
> fraction | TENSOR(FLOAT64, *)
SELECT * FROM made;
> [1.0, 2.0] | [4, 5] | [1.0, 2.0] | [1.0, 2.0] | [4, 5] | [4.0, 5.0]
> [1.0, 2.0] | [4, 5] | NULL | NULL | [0, 0] | [0.5]
SELECT CASE id WHEN 1 THEN b ELSE s END FROM t;
> [4, 5]
> [4, 5]
SELECT b FROM t UNION SELECT s FROM t ORDER BY 1;
! 42883 ORDER BY a value of type TENSOR(INT16, *)
SELECT COUNT(*) FROM (SELECT b FROM t UNION SELECT s FROM t);
> 3
SELECT b FROM t INTERSECT SELECT s FROM t;
> [4, 5]
SELECT a FROM t EXCEPT SELECT r FROM t;
> NULL
SELECT * FROM (VALUES (1, CAST(ARRAY[1, 2] AS TENSOR(INT8, 2))), (2, CAST(ARRAY[300] AS TENSOR(INT16, *))), (3, NULL), (4, ARRAY[7])) AS v(k, x);
> 1 | [1, 2]
> 2 | [300]
> 3 | NULL
> 4 | [7]
SELECT COALESCE(l, ARRAY[ARRAY[9, 9]]) FROM t;
> [[1.0],[2.0,3.0]]
> [[9.0,9.0]]
SELECT id FROM t WHERE w = ARRAY[];
> 2
SELECT COALESCE(a, ARRAY[]) FROM t;
! 42804 ARRAY[] has no elements and cannot be TENSOR(FLOAT32, 2), whose extents are fixed
# The values have to fit, as they have at an INSERT.
SELECT COALESCE(b, ARRAY[300, 0]) FROM t;
! 22003 300
# What has nothing in common is named.
SELECT COALESCE(b, m) FROM t;
! 42804 no common type of TENSOR(INT8, 2) and TENSOR(INT8, *, *)
SELECT COALESCE(b, q) FROM t;
! 42804 no common type of TENSOR(INT8, 2) and TENSOR(BOOL, 2)
SELECT COALESCE(b, 1) FROM t;
! 42804 no common type of TENSOR(INT8, 2) and INTEGER
SELECT COALESCE(w, 'a') FROM t;
! 42804 no common type of VARCHAR ARRAY and CHAR(1)
SELECT b FROM t UNION SELECT m FROM t;
! 42804 no common type of TENSOR(INT8, 2) and TENSOR(INT8, *, *)
SELECT ARRAY[];
! 42P18 nothing tells what ARRAY[] would be made of
SELECT CAST(ARRAY[] AS INTEGER ARRAY), CAST(ARRAY[] AS DATE ARRAY), CAST(ARRAY[] AS TENSOR(FLOAT32, *) ARRAY), CAST(ARRAY[] AS TENSOR(FLOAT32, *));
> [] | [] | [] | []
# Tensors of unlike types are equal if their numbers are.
SELECT id FROM t WHERE b = s;
> (none)
SELECT x.id, y.id FROM t x JOIN t y ON x.b = y.s;
> 1 | 2
SELECT id, b IS DISTINCT FROM s, r IS NOT DISTINCT FROM ARRAY[1, 2], s IN (ARRAY[300], ARRAY[4.0, 5.0]), b IN (ARRAY[300]) FROM t;
> 1 | true | false | true | false
> 2 | true | true | true | NULL
SELECT id FROM t WHERE u = ARRAY[18446744073709551615];
> 1
SELECT id FROM t WHERE (b, id) = (ARRAY[4, 5], 1);
> 1
SELECT id FROM t WHERE (r, id) IN ((ARRAY[3], 1), (ARRAY[3], 2));
> 1
# A tensor is an array: its elements count from 1, and what is not there is NULL.
SELECT a[1], a[3], m[1][1], m[1], s[0] FROM t WHERE id = 1;
> 1.0 | NULL | 1 | [1] | NULL
# What asks for an order or a text is refused, and says what would do.
SELECT OCTET_LENGTH(a) FROM t;
! 42883 no function OCTET_LENGTH for TENSOR(FLOAT32, 2): tensors have no order and are no texts
SELECT MODE(a) FROM t;
! 42883 no function MODE for TENSOR(FLOAT32, 2), whose values have no order
SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY w) FROM t;
! 42883 no function PERCENTILE_DISC for VARCHAR ARRAY
SELECT STDDEV(a) FROM t;
! 42883 no function STDDEV
SELECT TENSOR_SUM(w) FROM t;
! 42883 TENSOR_SUM: argument 1 is a list of VARCHAR
SELECT w ~ 'x' FROM t;
! 42883
SELECT CAST(l AS INTEGER ARRAY) FROM t;
! 42846 no CAST of TENSOR(FLOAT32, *) ARRAY as INTEGER ARRAY
SELECT CAST(w AS INTEGER ARRAY) FROM t;
! 22018 x
SELECT CAST(w AS GEOMETRY) FROM t;
! 0A000 no value has the type GEOMETRY
SELECT CAST(ARRAY['00000000-0000-0000-0000-000000000001', NULL] AS UUID ARRAY), CAST(ARRAY['1', '2'] AS INTEGER ARRAY), ARRAY_TO_STRING(ARRAY[1, 2], '+');
> ["00000000-0000-0000-0000-000000000001",null] | [1, 2] | 1+2
SELECT CAST(ARRAY['x'] AS UUID ARRAY);
! 22P02 x
# Parameters and NULLs take the type of what stands beside them; UUIDs go with their texts.
CREATE TABLE k(id UUID, z TIMESTAMP WITH TIME ZONE, d DOUBLE);
INSERT INTO k VALUES ('00000000-0000-0000-0000-000000000001', TIMESTAMP '2026-01-01 00:00:00', 1), (NULL, NULL, NULL);
SELECT NVL(id, '00000000-0000-0000-0000-000000000002'), LAG(z, 1, TIMESTAMP '2026-02-01 00:00:00') OVER (ORDER BY d), LAG(d, 1, 2.5) OVER (ORDER BY d) FROM k ORDER BY d;
> 00000000-0000-0000-0000-000000000001 | 2026-02-01 00:00:00+00:00 | 2.5
> 00000000-0000-0000-0000-000000000002 | 2026-01-01 00:00:00+00:00 | 1.0
SELECT id FROM k UNION ALL SELECT NULL;
> 00000000-0000-0000-0000-000000000001
> NULL
> NULL
SELECT a.d FROM k a JOIN k b ON a.id IS NOT DISTINCT FROM b.id WHERE a.id = a.id OR a.id IS NULL ORDER BY 1;
> 1.0
> NULL
SELECT CAST(z AS TIMESTAMP WITH TIME ZONE), CAST(DATE '2026-01-01' AS TIMESTAMP WITH TIME ZONE) FROM k WHERE d = 1;
> 2026-01-01 00:00:00+00:00 | 2026-01-01 00:00:00+00:00
