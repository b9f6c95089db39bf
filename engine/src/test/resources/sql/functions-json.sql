# JSON: the standard's functions, and PostgreSQL's arrows.
CREATE TABLE j(id INT, v JSON, t TEXT);
= 0
INSERT INTO j VALUES (1, '{"a":1,"b":[1,2,{"c":"x"}],"n":null,"s":"é😀"}', '{"a":{"b":5}}'), (2, '[1,2,3]', 'not json'), (3, NULL, NULL);
= 3
SELECT JSON_VALUE(v, '$.a'), JSON_VALUE(v, 'lax $.b[2].c'), JSON_VALUE(v, '$.s'), JSON_VALUE(v, '$.a' RETURNING INTEGER) + 1 FROM j ORDER BY id;
> 1 | x | é😀 | 2
> NULL | NULL | NULL | NULL
> NULL | NULL | NULL | NULL
# A path is lax unless it says strict: what is not there is empty.
SELECT JSON_VALUE(v, '$.zz' DEFAULT 'd' ON EMPTY), JSON_EXISTS(v, '$.a'), JSON_EXISTS(v, '$.zz'), JSON_QUERY(v, '$.b'), JSON_QUERY(v, '$.b[2]'), JSON_QUERY(v, '$.a' WITH WRAPPER), JSON_QUERY(v, '$.zz' EMPTY ARRAY ON EMPTY) FROM j ORDER BY id;
> d | true | false | [1,2,{"c":"x"}] | {"c":"x"} | [1] | []
> d | false | false | NULL | NULL | NULL | []
> NULL | NULL | NULL | NULL | NULL | NULL | NULL
SELECT v -> 'a', v ->> 'a', v -> 's', v ->> 's', v -> 'b' -> 2 ->> 'c', v -> 1, v -> -1, v ->> 'n', COALESCE(v ->> 'zz', 'none'), UPPER(v -> 's') FROM j ORDER BY id;
> 1 | 1 | "é😀" | é😀 | x | NULL | NULL | NULL | none | "É😀"
> NULL | NULL | NULL | NULL | NULL | 2 | 3 | NULL | none | NULL
> NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | none | NULL
SELECT JSON_OBJECT('a': 1, 'b': 'x', 'q"': 'c"d\e'), JSON_OBJECT(KEY 'k' VALUE 1.5, 'n': NULL ABSENT ON NULL), JSON_ARRAY(1, 'a', NULL), JSON_ARRAY(1, NULL NULL ON NULL), JSON_OBJECT(), JSON_OBJECT('o': JSON_OBJECT('a': 1)), JSON_ARRAY(JSON_ARRAY(1)), JSON_OBJECT('b': TRUE, 'd': 1.50);
> {"a":1,"b":"x","q\"":"c\"d\\e"} | {"k":1.5} | [1,"a"] | [1,null] | {} | {"o":{"a":1}} | [[1]] | {"b":true,"d":1.50}
SELECT JSON_OBJECTAGG(KEY CAST(id AS VARCHAR) VALUE t), JSON_ARRAYAGG(id), JSON_ARRAYAGG(id ORDER BY id DESC), JSON_ARRAYAGG(v FORMAT JSON) FROM j;
> {"1":"{\"a\":{\"b\":5}}","2":"not json","3":null} | [1,2,3] | [3,2,1] | [{"a":1,"b":[1,2,{"c":"x"}],"n":null,"s":"é😀"},[1,2,3]]
SELECT v IS JSON, t IS JSON, t IS NOT JSON, v IS JSON OBJECT, v IS JSON ARRAY, v IS JSON SCALAR FROM j ORDER BY id;
> true | true | false | true | false | false
> true | false | true | false | true | false
> NULL | NULL | NULL | NULL | NULL | NULL
SELECT JSON_TYPE(v), JSON_DEPTH(v), JSON_LENGTH(v), JSON_LENGTH(v, '$.b') FROM j WHERE id < 3 ORDER BY id;
> OBJECT | 4 | 4 | 3
> ARRAY | 2 | 3 | NULL
SELECT JSON_KEYS(v), JSON_REMOVE(v, '$.b', '$.s'), JSON_REPLACE(v, '$.a', 9), JSON_SET('{"a":1}', '$.a', 7), JSON_INSERT('{"a":1}', '$.z', 'x') FROM j WHERE id = 1;
> ["a","b","n","s"] | {"a":1,"n":null} | {"a":9,"b":[1,2,{"c":"x"}],"n":null,"s":"é😀"} | {"a":7} | {"a":1,"z":"x"}
SELECT '{"a":1}' IS JSON, '' IS JSON, '1' IS JSON, 'nul' IS JSON, '[1,]' IS JSON, JSON_QUERY('{"a":[1,2,3]}', '$.a[?(@ > 1)]' WITHOUT WRAPPER);
> true | false | true | false | false | [2,3]
SELECT t -> 'a' FROM j;
! 22032 'not json' is no JSON
SELECT v + 1 FROM j;
! 22018 '{"a":1,"b":[1,2,{"c":"x"}],"n":null,"s":…' is no number
# Keys keep the order they are written in, or come in.
SELECT JSON_OBJECT('z' VALUE 1, 'a': JSON_OBJECT('y': 1, 'b': NULL), 'm': JSON_ARRAY(1, JSON_OBJECT('q': 1, 'c': 2)));
> {"z":1,"a":{"y":1,"b":null},"m":[1,{"q":1,"c":2}]}
SELECT JSON_OBJECTAGG(k VALUE v), JSON_OBJECTAGG(k VALUE JSON_OBJECT('v': v, 'k': k)), JSON_ARRAYAGG(JSON_OBJECT('v': v, 'k': k) ORDER BY v DESC NULL ON NULL) FROM (VALUES ('z', 1), ('b', 2), ('m', 3)) AS p(k, v);
> {"z":1,"b":2,"m":3} | {"z":{"v":1,"k":"z"},"b":{"v":2,"k":"b"},"m":{"v":3,"k":"m"}} | [{"v":3,"k":"m"},{"v":2,"k":"b"},{"v":1,"k":"z"}]
SELECT JSON_OBJECT('z': 1, 'a': 2, 'z': 3), JSON_OBJECT('z': NULL, 'a': 2 ABSENT ON NULL);
> {"z":3,"a":2} | {"a":2}
# A key may come from a column that may be NULL, but be none.
SELECT JSON_OBJECT(t: id) FROM j WHERE id = 2;
> {"not json":2}
SELECT JSON_OBJECT(t: id) FROM j WHERE id = 3;
! 22004 a key of JSON_OBJECT is NULL
# What is JSON by what makes it stays JSON in JSON.
SELECT JSON_OBJECT('q': JSON_QUERY(v, '$.b'), 'arrow': v -> 'b', 'text': JSON_VALUE(v, '$.s'), 'none': COALESCE(JSON_QUERY(v, '$.zz'), '[]'), 'rows': (SELECT JSON_ARRAYAGG(JSON_OBJECT('z': i, 'a': i) ORDER BY i) FROM (VALUES (1), (2)) AS r(i))) FROM j WHERE id = 1;
> {"q":[1,2,{"c":"x"}],"arrow":[1,2,{"c":"x"}],"text":"é😀","none":[],"rows":[{"z":1,"a":1},{"z":2,"a":2}]}
SELECT JSON_ARRAYAGG(DATE '2024-01-02'), JSON_OBJECTAGG('t' VALUE TIMESTAMP '2024-01-02 10:00:00'), JSON_ARRAY((SELECT MAX(id) FROM j));
> ["2024-01-02"] | {"t":"2024-01-02 10:00:00"} | [3]
# By PostgreSQL's names.
SELECT JSON_BUILD_OBJECT('z', 1, 'a', JSON_BUILD_ARRAY(1, NULL, 'x'), 'n', NULL), JSONB_BUILD_OBJECT('k', JSON_QUERY(v, '$.b')) FROM j WHERE id = 1;
> {"z":1,"a":[1,null,"x"],"n":null} | {"k":[1,2,{"c":"x"}]}
SELECT JSON_BUILD_OBJECT('z');
! 42883 JSON_BUILD_OBJECT with 1 arguments, expected a value for each key
# JSON is JSON in JSON, wherever it comes from.
CREATE TABLE jj (id INTEGER, d JSON, t TEXT);
INSERT INTO jj VALUES (1, '{"a": 1}', '{"t": 1}'), (2, NULL, NULL);
CREATE VIEW vj (n, doc) AS SELECT id, d FROM jj;
CREATE VIEW vs AS SELECT * FROM jj;
WITH w(e) AS (SELECT d FROM jj) SELECT JSON_OBJECT('d': e) FROM w;
> {"d":{"a":1}}
> {"d":null}
WITH w AS (SELECT * FROM jj) SELECT JSON_OBJECT('d': w.d, 't': t) FROM w WHERE id = 1;
> {"d":{"a":1},"t":"{\"t\": 1}"}
SELECT (SELECT JSON_ARRAYAGG(doc) FROM vj), JSON_OBJECT('d': d), JSON_ARRAY(t) FROM vs WHERE id = 1;
> [{"a":1}] | {"d":{"a":1}} | ["{\"t\": 1}"]
SELECT JSON_OBJECT('d': e) FROM (SELECT d FROM jj UNION ALL SELECT d FROM jj WHERE id > 1) AS u(e);
> {"d":{"a":1}}
> {"d":null}
> {"d":null}
# Texts among it are texts.
SELECT JSON_OBJECT('d': d) FROM (SELECT d FROM jj WHERE id = 1 UNION ALL SELECT t FROM jj WHERE id = 1) u;
> {"d":"{\"a\": 1}"}
> {"d":"{\"t\": 1}"}
SELECT JSON_OBJECT('a': o), JSON_ARRAY(o) FROM (SELECT JSON_OBJECT('x': id) AS o FROM jj) q;
> {"a":{"x":1}} | [{"x":1}]
> {"a":{"x":2}} | [{"x":2}]
WITH w AS (SELECT 1 AS id) SELECT JSON_OBJECT('d': id) FROM w;
> {"d":1}
SELECT JSON_ARRAYAGG(o) FROM (SELECT JSON_OBJECT('x': id) AS o FROM jj) q;
> [{"x":1},{"x":2}]
SELECT JSON_OBJECT('a': o) FROM (SELECT JSON_ARRAYAGG(id) AS o FROM jj) q;
> {"a":[1,2]}
# a value becomes one of the type that is asked for; where it is none, ON ERROR decides
CREATE TABLE jr(id INTEGER, v JSON);
INSERT INTO jr VALUES (1, '{"a": 7}'), (2, '{"a": 3000000000}'), (3, '{"a": 1.5}'), (4, '{"a": "8"}'), (5, '{"a": "x"}'), (6, '{"a": true}'), (7, '{"a": null}'), (8, '{}'), (9, '{"a": 1e300}'), (10, '{"a": "2020-02-29"}'), (11, '{"a": [1]}');
SELECT id, JSON_VALUE(v, '$.a' RETURNING SMALLINT), JSON_VALUE(v, '$.a' RETURNING INTEGER), JSON_VALUE(v, '$.a' RETURNING BIGINT), JSON_VALUE(v, '$.a' RETURNING DOUBLE), JSON_VALUE(v, '$.a' RETURNING DECIMAL(12, 1)), JSON_VALUE(v, '$.a' RETURNING BOOLEAN), JSON_VALUE(v, '$.a' RETURNING DATE), JSON_VALUE(v, '$.a' RETURNING TIMESTAMP) FROM jr ORDER BY id;
> 1 | 7 | 7 | 7 | 7.0 | 7.0 | NULL | NULL | NULL
> 2 | NULL | NULL | 3000000000 | 3.0E9 | 3000000000.0 | NULL | NULL | NULL
> 3 | NULL | NULL | NULL | 1.5 | 1.5 | NULL | NULL | NULL
> 4 | 8 | 8 | 8 | 8.0 | 8.0 | NULL | NULL | NULL
> 5 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
> 6 | NULL | NULL | NULL | NULL | NULL | true | NULL | NULL
> 7 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
> 8 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
> 9 | NULL | NULL | NULL | 1.0E300 | NULL | NULL | NULL | NULL
> 10 | NULL | NULL | NULL | NULL | NULL | NULL | 2020-02-29 | 2020-02-29 00:00:00
> 11 | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
SELECT JSON_VALUE(v, '$.a' RETURNING BIGINT DEFAULT -1 ON EMPTY DEFAULT -2 ON ERROR), JSON_VALUE(v, '$.a' RETURNING DATE DEFAULT DATE '2000-01-01' ON ERROR) FROM jr WHERE id IN (1, 5, 8, 10) ORDER BY id;
> 7 | 2000-01-01
> -2 | 2000-01-01
> -1 | NULL
> -2 | 2020-02-29
SELECT JSON_VALUE(v, '$.a' RETURNING BIGINT ERROR ON ERROR) FROM jr WHERE id = 1;
> 7
SELECT JSON_VALUE(v, '$.a' RETURNING BIGINT ERROR ON ERROR) FROM jr WHERE id = 5;
! 22018 'x' is no number
SELECT SUM(JSON_VALUE(v, '$.a' RETURNING BIGINT)) FROM jr WHERE JSON_VALUE(v, '$.a' RETURNING BIGINT) > 5;
> 3000000015
# ERROR ON ERROR: paths that lead nowhere, and texts that are no JSON.
SELECT JSON_VALUE('{"a":1}', 'strict $.b' ERROR ON ERROR);
! 2203A strict
SELECT JSON_QUERY('{"a":1}', 'strict $.b' ERROR ON ERROR);
! 2203A strict
SELECT JSON_EXISTS('{"a":1}', 'strict $.b' ERROR ON ERROR);
! 2203A strict
SELECT JSON_VALUE('{"a":1}', '$.b' ERROR ON EMPTY);
! 22035
SELECT JSON_VALUE('x', '$.b' ERROR ON ERROR);
! 22032 'x' is no JSON
SELECT JSON_QUERY('x', '$.b' ERROR ON ERROR);
! 22032 'x' is no JSON
SELECT JSON_EXISTS('x', '$.b' ERROR ON ERROR);
! 22032 'x' is no JSON
SELECT JSON_VALUE('{"a":1}', '$.b' ERROR ON ERROR), JSON_VALUE('x', '$.b'), JSON_QUERY('x', '$.b' EMPTY ARRAY ON ERROR), JSON_EXISTS('x', '$.b');
> NULL | NULL | [] | false
# Names in quotes, as the standard's paths have them; texts in filters stay what they are.
SELECT JSON_VALUE('{"a b": {"c.d": 1}, "it''s": 2, "q\"": 3}', '$."a b"."c.d"'), JSON_VALUE('{"it''s": 2}', 'strict $."it''s"'), JSON_VALUE('{"q\"": 3}', '$."q\""'), JSON_QUERY('[{"x y": ".\"z"}, {"x y": 2}]', '$[1]."x y"' WITH WRAPPER), JSON_EXISTS('{"a b": 1}', '$."a c"');
> 1 | 2 | 3 | [2] | false
# Numbers keep their digits, however large.
SELECT JSON_VALUE('{"a": 1e400}', '$.a'), JSON_QUERY('[1e400, 12345678901234567890.123456789, 1.10]', '$'), JSON_PRETTY('[1e400]'), JSON_TYPE('1e400'), JSON_SET('{"a": 1.123456789012345678901}', '$.b', 1);
> 1E+400 | [1E+400,12345678901234567890.123456789,1.10] | [ 1E+400 ] | DOUBLE | {"a":1.123456789012345678901,"b":"1"}
SELECT JSON_VALUE('{"a": 1e400}', '$.a' RETURNING DOUBLE), JSON_VALUE('{"a": 1e400}', '$.a' RETURNING DOUBLE DEFAULT -1 ON ERROR), JSON_VALUE('{"a": 12345678901234567890.12}', '$.a' RETURNING DECIMAL(22, 2));
> NULL | -1.0 | 12345678901234567890.12
# ON ERROR is for texts that are no JSON, and for arrays and objects where a value is wanted; ON EMPTY for what is not there.
SELECT JSON_VALUE('x', '$.b' DEFAULT 'e' ON EMPTY DEFAULT 'w' ON ERROR), JSON_VALUE('{}', '$.b' DEFAULT 'e' ON EMPTY DEFAULT 'w' ON ERROR), JSON_VALUE('x', '$.b' DEFAULT 'e' ON EMPTY), JSON_VALUE('{"b": []}', '$.b' DEFAULT 'e' ON EMPTY DEFAULT 'w' ON ERROR), JSON_VALUE('x', '$' RETURNING INTEGER DEFAULT 7 ON ERROR);
> w | e | NULL | w | 7
SELECT JSON_QUERY('x', '$' EMPTY OBJECT ON ERROR), JSON_EXISTS('x', '$' TRUE ON ERROR), JSON_EXISTS('x', '$' UNKNOWN ON ERROR), JSON_VALUE(CAST(NULL AS VARCHAR), '$' DEFAULT 'w' ON ERROR);
> {} | true | NULL | NULL
SELECT JSON_VALUE('{"b": []}', '$.b' ERROR ON ERROR);
! 2203F '$.b' leads to an array or an object
# A path that is none is an error of the statement, whatever ON ERROR says.
SELECT JSON_VALUE('{"a": 1}', '');
! 42601 '' is no path into JSON
SELECT JSON_VALUE('{"a": 1}', 'a');
! 42601 'a' is no path into JSON
SELECT JSON_VALUE('{"a": 1}', '$.' NULL ON ERROR);
! 42601
SELECT JSON_QUERY('{"a": 1}', '$.a[');
! 42601
SELECT JSON_EXISTS('{"a": 1}', 'strict $..');
! 42601
SELECT JSON_REMOVE('{"a": 1}', '$.a', 'b');
! 42601 'b'
SELECT JSON_VALUE(v, p) FROM (VALUES ('{"a": 1}', '$.a'), ('{"a": 2}', '$[')) AS t(v, p);
! 42601 '$['
SELECT JSON_DEPTH('x');
! 22032 'x' is no JSON
