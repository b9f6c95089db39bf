# What PostgreSQL has beside the standard: operators of arrays and JSON, patterns, FORMAT, types.
CREATE TABLE t (a INTEGER, b INTEGER, s TEXT, j JSON, arr INTEGER ARRAY, tags TEXT ARRAY, ts TIMESTAMP);
INSERT INTO t VALUES (1, 10, 'abc123', '{"a": {"b": [1, 2, "x"]}, "c": null}', ARRAY[1, 2, 3], ARRAY['x', 'y'], TIMESTAMP '2024-01-02 03:04:05.000006');
INSERT INTO t VALUES (2, 20, 'foo', '[1, 2, 3]', ARRAY[3, 4], ARRAY['z'], NULL);
INSERT INTO t VALUES (1, 30, NULL, NULL, NULL, NULL, NULL);
# Arrays within arrays: NULL equals nothing, an empty array is in any.
SELECT b, arr @> ARRAY[1], arr <@ ARRAY[4, 3], arr && ARRAY[4, 5], tags @> ARRAY['x'], tags && ARRAY['q'] FROM t ORDER BY b;
> 10 | true | false | false | true | false
> 20 | false | true | true | false | false
> 30 | NULL | NULL | NULL | NULL | NULL
SELECT ARRAY[1.5] <@ ARRAY[1.50, 2], ARRAY[1, NULL] @> ARRAY[1], ARRAY[1] @> ARRAY[1, NULL], ARRAY[1, 2] @> ARRAY[2, 2, 1], ARRAY['a'] || ARRAY['b'] @> ARRAY['b'];
> true | true | false | true | true
SELECT b FROM t WHERE arr && ARRAY[3] AND NOT tags @> ARRAY['z'];
> 10
SELECT 1 @> 2;
! 42883 INTEGER @> INTEGER; expected two arrays, or JSON
SELECT 'a' && 'b';
! 42883 expected two arrays
SELECT ARRAY[1] @> ARRAY['a'];
! 42804
# JSON within JSON.
SELECT b, j @> '{"a": {}}', '[1]' <@ j FROM t ORDER BY b;
> 10 | true | false
> 20 | false | true
> 30 | NULL | NULL
SELECT '[1, [2, 3]]' @> '[[3]]', '{"a": 1, "b": 2}' @> '{"a": 1.0}', '["x"]' @> '"x"', '"x"' @> '["x"]', '[1, 2]' @> '[3]', '{"a": [1]}' @> '{"a": 1}';
> true | true | true | false | false | false
SELECT 'no' @> '1';
! 22032
# Paths into JSON.
SELECT b, j #> '{a,b}', j #>> '{a,b,2}', j #> '{-1}', j #>> '{c}' FROM t ORDER BY b;
> 10 | [1,2,"x"] | x | NULL | NULL
> 20 | NULL | NULL | 3 | NULL
> 30 | NULL | NULL | NULL | NULL
SELECT '{"b,c": {" d": [5]}}' #> '{"b,c"," d",0}', '{"a": 1}' #> '{}', '{"a": {"b": 1}}' #> ARRAY['a', 'b'];
> 5 | {"a":1} | 1
SELECT '1' #> 'x';
! 22P02 'x' is no path
# JSON in JSON is no text: columns of it, also of queries in FROM, and what makes it.
SELECT JSON_OBJECT('j': j, 's': s, 'l': tags) FROM t ORDER BY b;
> {"j":{"a":{"b":[1,2,"x"]},"c":null},"s":"abc123","l":["x","y"]}
> {"j":[1,2,3],"s":"foo","l":["z"]}
> {"j":null,"s":null,"l":null}
SELECT JSON_ARRAYAGG(q.jj), JSON_ARRAY(MAX(q.a)) FROM (SELECT j AS jj, a FROM t) q WHERE q.a = 2;
> [[1,2,3]] | [2]
SELECT JSON_OBJECT('t': arr, 'b': JSON_BUILD_OBJECT('c', 1), 'x': to_json('q'), 'p': j #> '{0}') FROM t WHERE b = 20;
> {"t":[3,4],"b":{"c":1},"x":"q","p":1}
SELECT to_json('a"b'), to_json(CAST(NULL AS INTEGER)), to_json(DATE '2024-01-02'), to_json(TRUE), to_jsonb(ARRAY['a', 'b']), to_json(1.50);
> "a\"b" | NULL | "2024-01-02" | true | ["a","b"] | 1.50
SELECT to_json(arr), to_json(j) FROM t WHERE b = 20;
> [3,4] | [1,2,3]
# FILTER of JSON aggregates.
SELECT JSON_ARRAYAGG(b) FILTER (WHERE b > 10), JSON_ARRAYAGG(b ORDER BY b DESC) FILTER (WHERE b < 30), JSON_OBJECTAGG(s VALUE b ABSENT ON NULL) FILTER (WHERE s IS NOT NULL), JSON_ARRAYAGG(b) FROM t;
> [20,30] | [20,10] | {"abc123":10,"foo":20} | [10,20,30]
SELECT a, JSON_ARRAYAGG(j) FILTER (WHERE b > 10 OR s LIKE 'abc%'), JSON_ARRAYAGG(b) WITHIN GROUP (ORDER BY b DESC) FILTER (WHERE b > 5), COUNT(*) filter FROM t GROUP BY a ORDER BY a;
> 1 | [{"a":{"b":[1,2,"x"]},"c":null}] | [30,10] | 2
> 2 | [[1,2,3]] | [20] | 1
# NULLs that are kept are those of the chosen rows.
SELECT JSON_ARRAYAGG(b NULL ON NULL) FILTER (WHERE b > 10), JSON_OBJECTAGG(s VALUE b) FILTER (WHERE s IS NOT NULL) FROM t;
> [20,30] | {"abc123":10,"foo":20}
SELECT JSON_ARRAYAGG(x NULL ON NULL) FILTER (WHERE k <> 'b'), JSON_ARRAYAGG(x ORDER BY k DESC NULL ON NULL) FILTER (WHERE k <> 'd'), JSON_ARRAYAGG(x NULL ON NULL) FILTER (WHERE k = 'a' AND x > 5), JSON_OBJECTAGG(k VALUE x) FILTER (WHERE k <> 'c'), JSON_OBJECTAGG(k VALUE x NULL ON NULL) FILTER (WHERE x IS NULL), JSON_OBJECTAGG(k VALUE x) FILTER (WHERE k > 'x'), JSON_OBJECTAGG(k VALUE x ABSENT ON NULL) FILTER (WHERE k <> 'c') FROM (VALUES ('a', 1), ('b', 2), ('c', NULL), ('d', CAST(NULL AS INTEGER))) AS v(k, x);
> [1,null,null] | [null,2,1] | [] | {"a":1,"b":2,"d":null} | {"c":null,"d":null} | {} | {"a":1,"b":2}
SELECT JSON_ARRAYAGG(s NULL ON NULL) FILTER (WHERE n > 1), JSON_ARRAYAGG(JSON_OBJECT('s': s) ORDER BY n DESC NULL ON NULL) FILTER (WHERE n < 3), JSON_OBJECTAGG(CAST(n AS VARCHAR) VALUE JSON_QUERY(s, '$')) FILTER (WHERE n <> 2), JSON_ARRAYAGG(s FORMAT JSON NULL ON NULL) FILTER (WHERE n <> 1) FROM (VALUES (1, '"'), (2, '[1]'), (3, 'null'), (4, NULL)) AS v(n, s);
> ["[1]","null",null] | [{"s":"[1]"},{"s":"\""}] | {"1":null,"3":null,"4":null} | [[1],null,null]
SELECT a, JSON_OBJECTAGG(s VALUE j) FILTER (WHERE s IS NOT NULL) FROM t GROUP BY a ORDER BY a;
> 1 | {"abc123":{"a":{"b":[1,2,"x"]},"c":null}}
> 2 | {"foo":[1,2,3]}
# Parts of texts by patterns.
SELECT SUBSTRING(s FROM '[0-9]+'), SUBSTRING(s FROM 'b(.)'), SUBSTRING(s, '^f'), SUBSTRING(s FROM 2 FOR 2) FROM t ORDER BY b;
> 123 | c | NULL | bc
> NULL | NULL | f | oo
> NULL | NULL | NULL | NULL
SELECT SUBSTRING('a' FROM '(');
! 2201B
SELECT regexp_match('abc123def', '([a-z]+)([0-9]+)'), regexp_match('ABC', 'b', 'i'), regexp_match('abc', 'z'), (regexp_match('abc', '(a)(x)?'))[1];
> ["abc","123"] | ["B"] | NULL | a
SELECT regexp_match('aa', 'a', 'g');
! 22023 REGEXP_MATCHES
SELECT m[1] FROM regexp_matches('foobarbequebaz', 'ba(.)', 'g') AS r(m);
> r
> z
SELECT m FROM regexp_matches('foobarbaz', 'ba.') AS r(m);
> ["bar"]
SELECT t.b, w FROM t, regexp_split_to_table(t.s, '[0-9]+') AS r(w) ORDER BY b, w;
> 10 | 
> 10 | abc
> 20 | foo
SELECT regexp_split_to_array('hello  world', '\s+'), regexp_split_to_array('abc', ''), CARDINALITY(regexp_split_to_array('', ','));
> ["hello","world"] | ["a","b","c"] | 1
# FORMAT.
SELECT format('Hello %s, %I and %L %%', 'you', 'a b', 'it''s'), format('%2$s %1$s|%-4s|%4s|', 'a', 'b', 'c'), format('none'), format('%*s|', 5, 'ab');
> Hello you, "a b" and 'it''s' % | b a|b   |   c| | none |    ab|
SELECT format('%s-%L', NULL, NULL), format('%I', 'order'), format(NULL, 1), format('%s %s', 1, DATE '2024-01-02');
> -NULL | "order" | NULL | 1 2024-01-02
SELECT format('%s and %s', 'one');
! 22023 value 2 is wanted, of 1
SELECT format('%d', 1);
! 22023 '%d' is no place for a value
# Types and times.
SELECT pg_typeof(a), pg_typeof(s), pg_typeof(1.5), pg_typeof(arr), pg_typeof(tags), pg_typeof(ts), pg_typeof(a = 1) FROM t LIMIT 1;
> integer | text | numeric | int32[] | text[] | timestamp without time zone | boolean
SELECT pg_typeof(SUM(a)), pg_typeof(AVG(b)) FROM t;
> bigint | double precision
SELECT clock_timestamp() >= now(), transaction_timestamp() = now(), {t '10:00'} = TIME '10:00', {ts '2024-01-02 03:04'} < TIMESTAMP '2024-01-02 03:05';
> true | true | true | true
SELECT justify_days(INTERVAL '35' DAY);
! 42883 days and times, or months
SELECT TRY_CAST('x' AS INTEGER);
! 42883 ask first
# Ordinals count the columns of a star before them.
SELECT q.*, COUNT(*) FROM (SELECT a, s FROM t) q GROUP BY 1, 2 ORDER BY 1, 2;
> 1 | abc123 | 1
> 1 | NULL | 1
> 2 | foo | 1
SELECT *, a + 1 FROM (SELECT a FROM t) q GROUP BY 1, 2 ORDER BY 2;
> 1 | 2
> 2 | 3
SELECT COUNT(*), * FROM (SELECT a FROM t) q GROUP BY 2 ORDER BY 2;
> 2 | 1
> 1 | 2
SELECT * FROM (SELECT a FROM t) q GROUP BY 2;
! 42P10
# Windows of a query within another may have the same names.
SELECT SUM(b) OVER w, (SELECT MAX(y) FROM (SELECT SUM(b) OVER (w ROWS 1 PRECEDING) AS y FROM t WINDOW w AS (ORDER BY b))) FROM t WINDOW w AS (PARTITION BY a) ORDER BY 1;
> 20 | 50
> 40 | 50
> 40 | 50
SELECT 1 FROM t WINDOW w AS (ORDER BY a), w AS (ORDER BY b);
! 42712
CREATE VIEW v AS SELECT a FROM t WHERE a = 1 WITH CHECK OPTION;
! 0A000 rows are not written to views
CREATE VIEW v AS SELECT a FROM t WITH NO DATA;
! 42601
