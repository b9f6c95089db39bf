# Functions of arrays; places count from 1.
SELECT ARRAY_LENGTH(ARRAY[1, 2, 3]), CARDINALITY(ARRAY[1, 2]), ARRAY[1, 2][1], ARRAY[1, 2][5], ARRAY[1, 2] = ARRAY[1, 2], ARRAY_CONTAINS(ARRAY[1, 2], 2), ARRAY_POSITION(ARRAY[1, 2], 2), ARRAY_MAX(ARRAY[1, 3]), ARRAY_MIN(ARRAY[1, 3]);
> 3 | 2 | 1 | NULL | true | true | 2 | 3 | 1
SELECT ARRAY_CONCAT(ARRAY[1], ARRAY[2]), ARRAY_APPEND(ARRAY[1], 2), ARRAY_PREPEND(ARRAY[2], 1), ARRAY_DISTINCT(ARRAY[1, 1]), ARRAY_REVERSE(ARRAY[1, 2]), ARRAY_REMOVE(ARRAY[1, 2], 1), SORT_ARRAY(ARRAY[2, 1]), ARRAY_UNION(ARRAY[1], ARRAY[2]), ARRAY_INTERSECT(ARRAY[1, 2], ARRAY[2]), ARRAY_EXCEPT(ARRAY[1, 2], ARRAY[2]);
> [1, 2] | [1, 2] | [1, 2] | [1] | [2, 1] | [2] | [1, 2] | [1, 2] | [2] | [1]
SELECT STRING_TO_ARRAY('a,b', ','), ARRAY_TO_STRING(ARRAY['a', 'b'], ','), 1 = ANY(ARRAY[1, 2]), 3 > ALL(ARRAY[1, 2]), 1 = SOME(ARRAY[2]);
> ["a","b"] | a,b | true | true | false
SELECT ARRAY_AGG(x ORDER BY x DESC), ARRAY(SELECT y FROM (VALUES (2), (1)) AS w(y) ORDER BY y) FROM (VALUES (1), (3)) AS v(x);
> [3, 1] | [1, 2]
SELECT x, COUNT(*) FROM UNNEST(ARRAY['a', 'b', 'a']) AS u(x) GROUP BY x ORDER BY x;
> a | 2
> b | 1
# || puts arrays and elements together; an array that is NULL adds nothing.
SELECT ARRAY[1, 2] || 3, 0 || ARRAY[1, 2], ARRAY[1, 2] || ARRAY[3], ARRAY['a'] || 'b', 'x' || ARRAY['y'], ARRAY[1] || 2.5, ARRAY[1] || NULL, NULL || ARRAY[1], ARRAY[1] || CAST(NULL AS INTEGER);
> [1, 2, 3] | [0, 1, 2] | [1, 2, 3] | ["a","b"] | ["x","y"] | [1.0, 2.5] | [1] | [1] | [1,null]
SELECT ARRAY[ARRAY[1, 2]] || ARRAY[3, 4], ARRAY[1, 2] || ARRAY[ARRAY[3, 4]], ARRAY[1] || ARRAY[2] || 3 || ARRAY[4], 'a' || 'b' || 1;
> [[1, 2], [3, 4]] | [[1, 2], [3, 4]] | [1, 2, 3, 4] | ab1
SELECT ARRAY[1] || 'a';
! 42804 no common type of INTEGER and CHAR(1)
CREATE TABLE joined_up(t TENSOR(INT32, *), s TEXT ARRAY, m TENSOR(FLOAT32, 2, 3));
INSERT INTO joined_up VALUES (ARRAY[1, 2], ARRAY['a', 'b'], ARRAY[ARRAY[1, 2, 3], ARRAY[4, 5, 6]]), (NULL, NULL, NULL);
SELECT t || 3, s || 'c', 'z' || s, s || s FROM joined_up ORDER BY t IS NULL;
> [1, 2, 3] | ["a","b","c"] | ["z","a","b"] | ["a","b","a","b"]
> [3] | ["c"] | ["z"] | NULL
UPDATE joined_up SET s = s || 'new', t = t || 9;
= 2
SELECT s, t FROM joined_up ORDER BY CARDINALITY(s) DESC;
> ["a","b","new"] | [1, 2, 9]
> ["new"] | [9]
# How long a dimension is: NULL if it has none.
SELECT ARRAY_LENGTH(ARRAY[1, 2, 3], 1), ARRAY_LENGTH(ARRAY[1, 2, 3], 2), ARRAY_LENGTH(ARRAY[ARRAY[1, 2], ARRAY[3, 4]], 2), ARRAY_LENGTH(ARRAY['a'], 0), ARRAY_LENGTH(m, 1), ARRAY_LENGTH(m, 2), ARRAY_LENGTH(ARRAY_REMOVE(ARRAY[1], 1), 1) FROM joined_up;
> 3 | NULL | 2 | NULL | 2 | 3 | NULL
> 3 | NULL | 2 | NULL | NULL | NULL | NULL
SELECT ARRAY_LENGTH(ARRAY[1], 1, 2);
! 42883 ARRAY_LENGTH with 3 arguments, expected 1 to 2
# A list with a NULL in it, or in a list in it, is a value, as in PostgreSQL; only a tensor has none.
SELECT ARRAY[ARRAY[1, NULL], ARRAY[2, 3]], ARRAY[NULL, ARRAY[1]], ARRAY[ARRAY[1.5e0, NULL], NULL];
> [[1,null],[2,3]] | [null,[1]] | [[1.5,null],null]
SELECT ARRAY_AGG(x), CARDINALITY(ARRAY_AGG(x)) FROM (VALUES (ARRAY[1, NULL]), (ARRAY[2])) AS v(x);
> [[1,null],[2]] | 2
CREATE TABLE whole(t TENSOR(INT32, *, *));
INSERT INTO whole VALUES (ARRAY[ARRAY[1, NULL], ARRAY[2, 3]]);
! INVALID_VALUE NULL inside of a tensor of [2, 2]
SELECT ARRAY_CAT(ARRAY[1], ARRAY[2]), ARRAY_CAT(ARRAY['a'], NULL), ARRAY_UPPER(ARRAY[1, 2], 1);
> [1, 2] | ["a"] | 2
