# Functions that people expect of a database, beside the standard's and PostgreSQL's.
SELECT LEFT('abc', 2), RIGHT('abc', 2), LPAD('a', 3, 'x'), RPAD('a', 3, 'x'), REPEAT('ab', 2), REVERSE('abc');
> ab | bc | xxa | axx | abab | cba
SELECT CONCAT('a', 'b', 'c'), CONCAT_WS('-', 'a', 'b'), SPLIT_PART('a,b,c', ',', 2), STRPOS('hello', 'l'), INITCAP('hello world');
> abc | a-b | b | 3 | Hello World
SELECT MD5('a'), ASCII('a'), CHR(65), TRANSLATE('abc', 'ab', 'xy'), LTRIM('  a'), RTRIM('a  '), SPACE(2) || 'x', SOUNDEX('Robert'), LEVENSHTEIN('kitten', 'sitting');
> 0cc175b9c0f1b6a831c399e269772661 | 97 | A | xyc | a | a |   x | R163 | 3
SELECT 'abc' ILIKE 'A%', REGEXP_REPLACE('abc', 'b', 'x'), REGEXP_LIKE('abc', 'b.');
> true | axc | true
SELECT GREATEST(1, 3, 2), LEAST(2, 1), IF(1 = 1, 'a', 'b'), NVL(CAST(NULL AS INT), 1), IFNULL(CAST(NULL AS INT), 3), DECODE(2, 1, 'one', 2, 'two', 'other'), LOG2(8);
> 3 | 1 | a | 1 | 3 | two | 3.0
# Casts as PostgreSQL writes them.
SELECT '5'::INTEGER + 1, 1::VARCHAR || 'x', '2024-02-29'::DATE, (1 + 2)::DECIMAL(5, 2), NULL::INT IS NULL, '1'::INT::DOUBLE;
> 6 | 1x | 2024-02-29 | 3.00 | true | 1.0
CREATE TABLE t(id INT, vec TENSOR(FLOAT32, 2));
INSERT INTO t VALUES ('1'::INT, ARRAY[1, 2]);
SELECT id::BIGINT, -id::INT FROM t WHERE id::VARCHAR = '1';
> 1 | -1
SELECT 'x'::INT;
! 22018
SELECT 1::NOTHING;
! 42704 no type NOTHING
# UNNEST with the place of each element.
SELECT * FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY AS u(x, n);
> a | 1
> b | 2
SELECT t.id, u.x, u.n FROM t, UNNEST(ARRAY[10, 20]) WITH ORDINALITY AS u(x, n) ORDER BY n;
> 1 | 10 | 1
> 1 | 20 | 2
# What tools ask first.
SELECT version() LIKE 'Versor %', CURRENT_SCHEMA, current_schema();
> true | main | main
CREATE BRANCH elsewhere;
USE BRANCH elsewhere;
SELECT current_schema() FROM (VALUES (1)) AS t(a) WHERE CURRENT_SCHEMA = 'elsewhere';
> elsewhere
# COALESCE within COALESCE is one of all operands.
SELECT a, COALESCE(COALESCE(a, b), COALESCE(c), 7), COALESCE(COALESCE(COALESCE(a, b), 2.5), 1) FROM (VALUES (1, 2, 3), (CAST(NULL AS INT), 2, 3), (NULL, NULL, 3), (NULL, NULL, NULL)) AS v(a, b, c);
> 1 | 1 | 1.0
> NULL | 2 | 2.0
> NULL | 3 | 2.5
> NULL | 7 | 2.5
# Copies of one operand are no copies of copies.
SELECT COALESCE(NULLIF(ABS(a), 1), NVL(NULLIF(b, 2), 9)), GREATEST(LEAST(a, b), 1) FROM (VALUES (-1, 2), (5, 6)) AS v(a, b);
> 9 | 1
> 5 | 5
