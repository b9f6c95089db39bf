# Parts and shapes of tensors count from 0.
CREATE TABLE t(id INTEGER, e EMBEDDING(3), m TENSOR(INT32, 2, 3), u TENSOR(UINT8, *), b TENSOR(BOOL, *, *));
INSERT INTO t VALUES (1, ARRAY[1, 2.5, -3], ARRAY[ARRAY[1, 2, 3], ARRAY[4, 5, 6]], ARRAY[1, 255], ARRAY[ARRAY[TRUE, FALSE]]), (2, ARRAY[0, 4, 8], ARRAY[ARRAY[0, 0, 0], ARRAY[-1, 0, 9]], ARRAY[7], NULL), (3, NULL, NULL, NULL, NULL);
SELECT id, ELEMENT_AT(e, 1), ELEMENT_AT(m, 1, 2), ELEMENT_AT(m, 1), ELEMENT_AT(u, 0), ELEMENT_AT(b, 0, 1) FROM t ORDER BY id;
> 1 | 2.5 | 6 | [4, 5, 6] | 1 | false
> 2 | 4.0 | 9 | [-1, 0, 9] | 7 | NULL
> 3 | NULL | NULL | NULL | NULL | NULL
SELECT ELEMENT_AT(e, 3) FROM t;
! 2202E index 3 in dimension 0 of FLOAT32[3], expected 0 to 2
SELECT ELEMENT_AT(e, -1) FROM t;
! 2202E index -1
SELECT ELEMENT_AT(u, 1) FROM t WHERE id = 2;
! 2202E index 1 in dimension 0 of UINT8[1]
SELECT ELEMENT_AT(e, 0, 0) FROM t;
! 2202E 2 indexes for a tensor of shape [3]
SELECT ELEMENT_AT(1, 0);
! 42804
SELECT SLICE(e, 0, 1, 3), SLICE(m, 1, 0, 2), SLICE(m, 0, 1, 1), SHAPE(SLICE(m, 0, 1, 2)) FROM t WHERE id = 1;
> [2.5, -3.0] | [[1, 2], [4, 5]] | [] | [1, 3]
SELECT SLICE(e, 0, 1, 4) FROM t;
! 2202E 1 to 4 of dimension 0 of FLOAT32[3], expected 0 to 3
SELECT SLICE(m, 2, 0, 1) FROM t;
! 2202E dimension 2
SELECT FLATTEN(m), RESHAPE(m, 3, 2), RESHAPE(m, -1), RESHAPE(m, 1, -1, 2), TRANSPOSE(m), TRANSPOSE(m, 0, 1) FROM t WHERE id = 1;
> [1, 2, 3, 4, 5, 6] | [[1, 2], [3, 4], [5, 6]] | [1, 2, 3, 4, 5, 6] | [[[1, 2], [3, 4], [5, 6]]] | [[1, 4], [2, 5], [3, 6]] | [[1, 2, 3], [4, 5, 6]]
SELECT RESHAPE(m, 4, 2) FROM t;
! 22023 the 6 elements of INT32[2, 3]
SELECT RESHAPE(m, -1, -1) FROM t;
! 22023 at most one -1
SELECT TENSOR_RANK(m), CARDINALITY(m), CARDINALITY(u), SHAPE(m) FROM t WHERE id = 1;
> 2 | 6 | 2 | [2, 3]
# Arrays written in SQL are tensors wherever one is expected.
SELECT SLICE(ARRAY[1, 2, 3], 0, 0, 2), TRANSPOSE(ARRAY[ARRAY[1, 2], ARRAY[3, 4]]), TENSOR_SUM(ARRAY[9007199254740993, 2]), ELEMENT_AT(ARRAY[0.5, 1], 1);
> [1, 2] | [[1, 3], [2, 4]] | 9007199254740995 | 1.0
# Arithmetic goes element by element; numbers go with every element.
SELECT e + e, e - 1, 2 * e, e / 2, -e, e * ARRAY[1, 0, 2] FROM t WHERE id = 1;
> [2.0, 5.0, -6.0] | [0.0, 1.5, -4.0] | [2.0, 5.0, -6.0] | [0.5, 1.25, -1.5] | [-1.0, -2.5, 3.0] | [1.0, 0.0, -6.0]
SELECT m + 1, m / 2, m % 2, m * 0.5, m - ARRAY[1, 2, 3], m * ARRAY[ARRAY[10], ARRAY[100]] FROM t WHERE id = 1;
> [[2, 3, 4], [5, 6, 7]] | [[0, 1, 1], [2, 2, 3]] | [[1, 0, 1], [0, 1, 0]] | [[0.5, 1.0, 1.5], [2.0, 2.5, 3.0]] | [[0, 0, 0], [3, 3, 3]] | [[10, 20, 30], [400, 500, 600]]
SELECT ABS(e), SQRT(ABS(e) * 4 - 3), SIGN(e), FLOOR(e), ROUND(e), ROUND(-e), CEIL(e) FROM t WHERE id = 1;
> [1.0, 2.5, 3.0] | [1.0, 2.6457512, 3.0] | [1.0, 1.0, -1.0] | [1.0, 2.0, -3.0] | [1.0, 3.0, -3.0] | [-1.0, -3.0, 3.0] | [1.0, 3.0, -3.0]
SELECT EXP(e * 0), POWER(m, 2), MOD(m, 4) FROM t WHERE id = 1;
> [1.0, 1.0, 1.0] | [[1.0, 4.0, 9.0], [16.0, 25.0, 36.0]] | [[1, 2, 3], [0, 1, 2]]
# Integers do not wrap, and shapes must go together.
SELECT u + 1 FROM t;
! 22003 255 + 1 does not fit into UINT8
SELECT u - 2 FROM t;
! 22003 1 - 2 does not fit into UINT8
SELECT -u, b + b FROM t WHERE id = 1;
> [-1, -255] | [[2, 0]]
SELECT m * 2147483647 FROM t;
! 22003 does not fit into INT32
SELECT m / 0 FROM t;
! 22012 division by zero
SELECT e / 0 FROM t;
! 22012 division by zero
SELECT SQRT(e) FROM t;
! 2201F SQRT of -3.0
SELECT LN(e) FROM t;
! 2201E
SELECT e + m FROM t WHERE id = 1;
> [[2.0, 4.5, 0.0], [5.0, 7.5, 3.0]]
SELECT e + ARRAY[1, 2] FROM t;
! 22023 [3] and [2]
SELECT e + u FROM t WHERE id = 1;
! 22023 [3] and [2]
SELECT e + 'x' FROM t;
! 42804
SELECT e || 'x' FROM t;
! 42804 no common type of REAL and CHAR(1)
# Tensors are equal or not, and have no order.
SELECT id FROM t WHERE e = ARRAY[1, 2.5, -3];
> 1
SELECT id, m = CAST(m AS TENSOR(FLOAT64, *, *)), e <> ARRAY[0, 4, 8], u = ARRAY[7] FROM t ORDER BY id;
> 1 | true | true | false
> 2 | true | false | true
> 3 | NULL | NULL | NULL
SELECT a.id, b.id FROM t a JOIN t b ON a.e = b.e ORDER BY 1;
> 1 | 1
> 2 | 2
SELECT id FROM t WHERE e < ARRAY[1, 2, 3];
! 42883 tensors have no order
SELECT MAX(e) FROM t;
! 42883 tensors have no order
# Reductions: of all elements, or along an axis.
SELECT TENSOR_SUM(e), TENSOR_MEAN(e), TENSOR_MIN(e), TENSOR_MAX(e), TENSOR_ARGMIN(e), TENSOR_ARGMAX(e) FROM t WHERE id = 1;
> 0.5 | 0.16666666666666666 | -3.0 | 2.5 | 2 | 1
SELECT TENSOR_SUM(m), TENSOR_MEAN(m), TENSOR_STD(m), TENSOR_MIN(m), TENSOR_MAX(m), TENSOR_ARGMAX(m) FROM t WHERE id = 1;
> 21 | 3.5 | 1.707825127659933 | 1 | 6 | 5
SELECT TENSOR_SUM(m, 0), TENSOR_SUM(m, 1), TENSOR_MEAN(m, 1), TENSOR_MAX(m, 0), TENSOR_ARGMIN(m, 1), TENSOR_STD(m, 1) FROM t WHERE id = 1;
> [5, 7, 9] | [6, 15] | [2.0, 5.0] | [4, 5, 6] | [0, 0] | [0.816496580927726, 0.816496580927726]
SELECT TENSOR_SUM(e, 0), TENSOR_SUM(b), TENSOR_MAX(u), TENSOR_MEAN(u) FROM t WHERE id = 1;
> 0.5 | 1 | 255 | 128.0
SELECT TENSOR_SUM(m, 2) FROM t;
! 2202E axis 2 of INT32[2, 3], expected 0 to 1
SELECT id FROM t WHERE TENSOR_MEAN(e) > 0.5;
> 2
SELECT TENSOR_SUM(x), TENSOR_MEAN(x), TENSOR_MIN(x) FROM (SELECT SLICE(u, 0, 0, 0) AS x FROM t WHERE id = 1);
> 0 | NULL | NULL
SELECT L2_NORM(e * 2), L2_NORMALIZE(ARRAY[3, 4]), L1_DISTANCE(e, ARRAY[0, 0, 0]), L2_DISTANCE(m, m + 1), HAMMING_DISTANCE(m, m), INNER_PRODUCT(u, ARRAY[2, 1]) FROM t WHERE id = 1;
> 8.06225774829855 | [0.6, 0.8] | 6.5 | 2.449489742783178 | 0.0 | 257.0
SELECT L1_DISTANCE(e, ARRAY[1]) FROM t;
! 22023 [3] and [1]
# Over rows: the mean of a cluster is one AVG.
SELECT SUM(e), AVG(e), SUM(m), COUNT(e) FROM t;
> [1.0, 6.5, 5.0] | [0.5, 3.25, 2.5] | [[1, 2, 3], [3, 5, 15]] | 2
SELECT id, AVG(e) FROM t GROUP BY id ORDER BY id;
> 1 | [1.0, 2.5, -3.0]
> 2 | [0.0, 4.0, 8.0]
> 3 | NULL
SELECT SUM(u) FROM t;
! 22023 the shapes [2] and [1]
SELECT id, L2_DISTANCE(e, (SELECT AVG(e) FROM t)) AS d FROM t WHERE e IS NOT NULL ORDER BY d, id;
> 1 | 5.573374202401989
> 2 | 5.573374202401989
# Casts are exact or refused, there and back.
SELECT CAST(e AS VARCHAR), CAST(m AS TEXT), CAST(CAST(e AS VARCHAR) AS EMBEDDING(3)) = e, e::VARCHAR FROM t WHERE id = 1;
> [1.0, 2.5, -3.0] | [[1, 2, 3], [4, 5, 6]] | true | [1.0, 2.5, -3.0]
SELECT CAST(e AS VARCHAR(5)) FROM t;
! 22001 more than 5 characters
SELECT CAST(e AS INTEGER) FROM t;
! 42846 no CAST of EMBEDDING(3)
SELECT CAST('[1, 2.5e0, -3]' AS EMBEDDING(3)), CAST('[[true,false],[false,true]]' AS TENSOR(BOOL, *, 2)), CAST('[]' AS TENSOR(INT8, *, *)), CAST('[NaN, -Infinity]' AS TENSOR(FLOAT64, *)), CAST(' [18446744073709551615] ' AS TENSOR(UINT64, 1));
> [1.0, 2.5, -3.0] | [[true, false], [false, true]] | [] | [NaN, -Infinity] | [18446744073709551615]
SELECT CAST('[1, 2' AS EMBEDDING(2));
! INVALID_VALUE no list in brackets
SELECT CAST('[1, 2] x' AS EMBEDDING(2));
! INVALID_VALUE
SELECT CAST('[[1, 2], [3]]' AS TENSOR(INT32, *, *));
! INVALID_VALUE 1 elements in dimension 1, expected 2 as in the first
SELECT CAST('[1, [2]]' AS TENSOR(INT32, *));
! INVALID_VALUE more than 1 levels
SELECT CAST('[[1], 2]' AS TENSOR(INT32, *, *));
! INVALID_VALUE an element in 1 levels
SELECT CAST('[1, null]' AS TENSOR(INT32, *));
! INVALID_VALUE 'null', which is no number
SELECT CAST('[256]' AS TENSOR(UINT8, *));
! 22003 256
SELECT CAST('[1.5]' AS TENSOR(INT8, *));
! 22003 1.5
SELECT CAST('[1e999999999]' AS TENSOR(INT64, *));
! 22003 1e999999999
SELECT CAST('[16777217]' AS TENSOR(FLOAT32, *));
! 22003 16777217
SELECT CAST('5' AS TENSOR(INT64, *));
! INVALID_VALUE an element in 0 levels
SELECT CAST('' AS TENSOR(INT64, *));
! INVALID_VALUE
SELECT CAST('[1, 2, 3]' AS EMBEDDING(2));
! 22023 a text of shape [3]
SELECT CAST(e AS DOUBLE ARRAY), CAST(m AS BIGINT ARRAY ARRAY), CAST(u AS INTEGER ARRAY)[2], CAST(u AS DECIMAL(5, 0) ARRAY) FROM t WHERE id = 1;
> [1.0, 2.5, -3.0] | [[1, 2, 3], [4, 5, 6]] | 255 | [1.0, 255.0]
SELECT CAST(e AS INTEGER ARRAY) FROM t;
! 22003 2.5
SELECT CAST(m AS INTEGER ARRAY) FROM t;
! 42846 it has 2 dimensions
SELECT x FROM t, UNNEST(CAST(u AS INTEGER ARRAY)) AS v(x) WHERE id = 1 ORDER BY x;
> 1
> 255
INSERT INTO t(id, e, b) VALUES (4, '[1, 2, 3]', '[[true]]');
SELECT e, b FROM t WHERE id = 4;
> [1.0, 2.0, 3.0] | [[true]]
INSERT INTO t(id, e) VALUES (5, '[1, 2]');
! INVALID_VALUE column e of t, row 1: shape [2], expected [3]
INSERT INTO t(id, e) VALUES (5, 'x');
! INVALID_VALUE column e of t, row 1: the text of a tensor
UPDATE t SET e = e * 2 + 1 WHERE id = 4;
SELECT e FROM t WHERE id = 4;
> [3.0, 5.0, 7.0]
UPDATE t SET e = e / 0 WHERE id = 4;
! 22012
CREATE TABLE means AS SELECT AVG(e) AS mean, TENSOR_SUM(MAX(id) * AVG(e)) AS s FROM t;
SELECT * FROM means;
> [1.3333333333333333, 3.8333333333333335, 4.0] | 36.66666666666667
DELETE FROM t WHERE id = 4;
SELECT AVG(e) OVER (PARTITION BY id) FROM t WHERE id < 3 ORDER BY id;
> [1.0, 2.5, -3.0]
> [0.0, 4.0, 8.0]
SELECT ORDERED FROM (SELECT e AS ORDERED FROM t) ORDER BY ORDERED;
! 42883
SELECT DISTINCT e * 0 FROM t WHERE e IS NOT NULL;
> [0.0, 0.0, -0.0]
SELECT COALESCE(e, CAST(ARRAY[9, 9, 9] AS EMBEDDING(3))) FROM t WHERE id = 3;
> [9.0, 9.0, 9.0]
# The same from batch operators and, beside a window, from the other executor.
SELECT ELEMENT_AT(u, 1) FROM t WHERE u IS NOT NULL;
! 2202E ELEMENT_AT: index 1 in dimension 0 of UINT8[1], expected 0 to 0
SELECT ELEMENT_AT(u, 1), COUNT(*) OVER () FROM t WHERE u IS NOT NULL;
! 2202E ELEMENT_AT: index 1 in dimension 0 of UINT8[1], expected 0 to 0
SELECT SLICE(u, 0, 0, 2) FROM t WHERE u IS NOT NULL;
! 2202E SLICE: 0 to 2 of dimension 0 of UINT8[1], expected 0 to 1 in this order
SELECT SLICE(u, 0, 0, 1), SLICE(m, 0, 1, 2) FROM t WHERE u IS NOT NULL;
> [1] | [[4, 5, 6]]
> [7] | [[-1, 0, 9]]
