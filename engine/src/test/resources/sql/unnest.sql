# UNNEST of arrays and tensors gives a row for each element, of all dimensions in order; NULL has none.
CREATE TABLE v(id INTEGER PRIMARY KEY, e TENSOR(FLOAT32, 3), m TENSOR(INT32, *, *), b TENSOR(BOOL, 2), u TENSOR(UINT64, *));
INSERT INTO v VALUES (1, ARRAY[1, 2, 3], ARRAY[ARRAY[1, 2], ARRAY[3, 4]], ARRAY[TRUE, FALSE], ARRAY[18446744073709551615]), (2, ARRAY[4, 5, 6], NULL, NULL, ARRAY[]), (3, NULL, ARRAY[ARRAY[7]], NULL, NULL);
SELECT id, x FROM v, UNNEST(e) AS u(x);
> 1 | 1.0
> 1 | 2.0
> 1 | 3.0
> 2 | 4.0
> 2 | 5.0
> 2 | 6.0
SELECT id, x, o FROM v CROSS JOIN UNNEST(v.e) WITH ORDINALITY AS u(x, o) WHERE o > 2;
> 1 | 3.0 | 3
> 2 | 6.0 | 3
SELECT id, x, o FROM v, UNNEST(m) WITH ORDINALITY AS w(x, o);
> 1 | 1 | 1
> 1 | 2 | 2
> 1 | 3 | 3
> 1 | 4 | 4
> 3 | 7 | 1
SELECT id, x FROM v, UNNEST(b) AS w(x);
> 1 | true
> 1 | false
SELECT id, x FROM v LEFT JOIN UNNEST(v.u) AS w(x) ON TRUE;
> 1 | 18446744073709551615
> 2 | NULL
> 3 | NULL
SELECT id, (SELECT SUM(x) FROM UNNEST(e) AS w(x)) FROM v;
> 1 | 6.0
> 2 | 15.0
> 3 | NULL
SELECT id, x FROM v, UNNEST(SLICE(e, 0, 0, 2) + 1) AS w(x) WHERE x > 2;
> 1 | 3.0
> 2 | 5.0
> 2 | 6.0
SELECT * FROM UNNEST(CAST(ARRAY[1, 2] AS TENSOR(INT8, 2))) AS w(x);
> 1
> 2
SELECT * FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY AS w(x, o);
> a | 1
> b | 2
SELECT * FROM UNNEST(CAST(NULL AS INTEGER ARRAY)) WITH ORDINALITY AS w(x, o);
> (none)
SELECT * FROM v, UNNEST(id) AS w(x);
! 42804
# Several arrays stand side by side; behind the end of the shorter one are NULLs.
SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['a']) AS u(x, y);
> 1 | a
> 2 | NULL
SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['a']) WITH ORDINALITY AS u(x, y, o);
> 1 | a | 1
> 2 | NULL | 2
SELECT id, x, y, z FROM v, UNNEST(e, m, ARRAY['p', NULL]) AS u(x, y, z);
> 1 | 1.0 | 1 | p
> 1 | 2.0 | 2 | NULL
> 1 | 3.0 | 3 | NULL
> 1 | NULL | 4 | NULL
> 2 | 4.0 | NULL | p
> 2 | 5.0 | NULL | NULL
> 2 | 6.0 | NULL | NULL
> 3 | NULL | 7 | p
> 3 | NULL | NULL | NULL
SELECT id, x, y FROM v LEFT JOIN UNNEST(v.u, v.b) AS w(x, y) ON TRUE;
> 1 | 18446744073709551615 | true
> 1 | NULL | false
> 2 | NULL | NULL
> 3 | NULL | NULL
SELECT id, (SELECT SUM(x * y) FROM UNNEST(e, e) AS w(x, y)) FROM v;
> 1 | 14.0
> 2 | 77.0
> 3 | NULL
SELECT * FROM UNNEST(ARRAY[ARRAY[1, 2], ARRAY[3, 4]], ARRAY[DATE '2026-01-01']) AS u(x, y);
> [1, 2] | 2026-01-01
> [3, 4] | NULL
SELECT * FROM UNNEST(ARRAY[1], 2) AS u(a, b);
! 42804 UNNEST of INTEGER, argument 2; expected an array
SELECT * FROM UNNEST(ARRAY[1], ARRAY[2], ARRAY[3], ARRAY[4], ARRAY[5], ARRAY[6], ARRAY[7]) AS u(a, b, c, d, e, f, g);
! 54001 UNNEST of 7 arrays; expected at most 6
SELECT x, y FROM UNNEST(ARRAY[1, 2]) WITH ORDINALITY AS u(x, i) FULL JOIN UNNEST(ARRAY['a']) WITH ORDINALITY AS w(y, i) USING (i) ORDER BY x;
> 1 | a
> 2 | NULL
# Is it in there? Of lists, and of tensors.
CREATE TABLE many (labels CLASS_LABEL('cat', 'dog') ARRAY, words VARCHAR ARRAY, i INTEGER ARRAY, e EMBEDDING(2), m TENSOR(UINT8, *, 2));
INSERT INTO many VALUES (ARRAY['cat', 'dog'], ARRAY['a'], ARRAY[1, 2], ARRAY[0.5, 1], ARRAY[ARRAY[1, 2], ARRAY[3, 4]]), (ARRAY['dog', NULL], ARRAY[], NULL, NULL, NULL);
SELECT 'cat' = ANY(labels), 'dog' <> ALL(labels), 'a' = SOME(words) FROM many;
> true | false | true
> NULL | false | false
SELECT 1 = ANY(i), 3 = ANY(i), 0 < ALL(i), 0.5 = ANY(e), 4 = ANY(m) FROM many;
> true | false | true | true | true
> NULL | NULL | NULL | NULL | NULL
SELECT _index FROM many WHERE 'cat' = ANY(labels);
> 0
SELECT ARRAY_CONTAINS(i, 2), ARRAY_CONTAINS(labels, 'cat'), ARRAY_POSITION(i, 2), ARRAY_MAX(i) FROM many WHERE i IS NOT NULL;
> true | true | 2 | 2
# NULL is equal to any of some elements or not: nobody knows; and to none of no elements.
CREATE TABLE sparse(id INTEGER, x INTEGER, d DOUBLE, w VARCHAR, u TINYINT UNSIGNED, a INTEGER ARRAY);
INSERT INTO sparse VALUES (1, NULL, NULL, NULL, NULL, ARRAY[1]), (2, 1, 1, 'a', 1, ARRAY[]), (3, NULL, 2, 'b', 2, ARRAY[]), (4, NULL, NULL, NULL, NULL, NULL);
SELECT id, x = ANY(ARRAY[x]), x = ANY(ARRAY[NULL, 1]), x <> ALL(ARRAY[2, NULL]), x <> ALL(ARRAY[1, NULL]), d = ANY(ARRAY[d]), w = ANY(ARRAY[w]), u = ANY(ARRAY[u]) FROM sparse ORDER BY id;
> 1 | NULL | NULL | NULL | NULL | NULL | NULL | NULL
> 2 | true | true | NULL | false | true | true | true
> 3 | NULL | NULL | NULL | NULL | true | true | true
> 4 | NULL | NULL | NULL | NULL | NULL | NULL | NULL
SELECT id, x = ANY(a), x <> ALL(a), x > ALL(a), w = ANY(CAST(NULL AS VARCHAR ARRAY)) FROM sparse ORDER BY id;
> 1 | NULL | NULL | NULL | NULL
> 2 | false | true | true | NULL
> 3 | false | true | true | NULL
> 4 | NULL | NULL | NULL | NULL
SELECT id FROM sparse WHERE x = ANY(ARRAY[x, 5]);
> 2
# A truth is compared with whole numbers alone.
SELECT d = TRUE FROM sparse;
! 42804 no common type of DOUBLE and BOOLEAN
SELECT id FROM sparse WHERE TRUE <> CAST(x AS DECIMAL(5, 2));
! 42804 no common type of BOOLEAN and DECIMAL(5, 2)
SELECT d < TRUE FROM sparse;
! 42804 DOUBLE
SELECT id FROM sparse WHERE x = TRUE;
> 2
