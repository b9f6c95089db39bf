# A cell may be a list: several labels a sample, several pictures, boxes that differ in number.
CREATE TABLE s(id INTEGER PRIMARY KEY, labels CLASS_LABEL('cat', 'dog') ARRAY, boxes BBOX ARRAY, vecs TENSOR(FLOAT32, *, 2) ARRAY, names VARCHAR(3) ARRAY, notes JSON ARRAY, price DECIMAL(30, 2) ARRAY, days DATE ARRAY);
SELECT column_name, type FROM TABLE(versor.columns('s'));
> id | INTEGER
> labels | CLASS_LABEL('cat', 'dog') ARRAY
> boxes | BBOX ARRAY
> vecs | TENSOR(FLOAT32, *, 2) ARRAY
> names | VARCHAR(3) ARRAY
> notes | JSON ARRAY
> price | DECIMAL(30, 2) ARRAY
> days | DATE ARRAY
SELECT tensor_name, htype, dtype FROM versor.tensors WHERE table_name = 's';
> id | generic | int32
> labels | sequence[class_label] | int32
> boxes | sequence[bbox] | float32
> vecs | sequence[generic] | float32
> names | sequence[generic] | utf8
> notes | sequence[json] | utf8
> price | sequence[generic] | decimal
> days | sequence[generic] | date
SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 's';
> id | INTEGER
> labels | CLASS_LABEL ARRAY
> boxes | BBOX ARRAY
> vecs | TENSOR ARRAY
> names | VARCHAR ARRAY
> notes | JSON ARRAY
> price | DECIMAL ARRAY
> days | DATE ARRAY
INSERT INTO s(id, labels) VALUES (1, ARRAY['cat', 'dog']), (2, ARRAY['dog', NULL]), (3, ARRAY[]), (4, NULL);
SELECT id, labels, labels IS NULL, CARDINALITY(labels) FROM s ORDER BY id;
> 1 | ["cat","dog"] | false | 2
> 2 | ["dog",null] | false | 2
> 3 | [] | false | 0
> 4 | NULL | true | NULL
# Elements count from 1; what is not there is NULL.
SELECT id, labels[1], labels[2] FROM s ORDER BY id;
> 1 | cat | dog
> 2 | dog | NULL
> 3 | NULL | NULL
> 4 | NULL | NULL
# The numbers of labels, as lists or one by one.
SELECT id, LABEL_ID(labels), LABEL_ID(labels[1]) FROM s ORDER BY id;
> 1 | [0, 1] | 0
> 2 | [1,null] | 1
> 3 | [] | NULL
> 4 | NULL | NULL
# Elements as rows.
SELECT id, l FROM s, UNNEST(labels) AS u(l) ORDER BY id, l;
> 1 | cat
> 1 | dog
> 2 | dog
> 2 | NULL
SELECT l, count(*) FROM s, UNNEST(s.labels) AS u(l) GROUP BY l ORDER BY l;
> cat | 1
> dog | 2
> NULL | 1
# Each element is checked as one of its own would be.
INSERT INTO s(id, labels) VALUES (5, ARRAY['cow']);
! INVALID_VALUE element 1: class label 'cow', expected one of 'cat', 'dog'
INSERT INTO s(id, labels) VALUES (5, 'cat');
! INVALID_VALUE 'cat' is no list: Unrecognized token 'cat': was expecting (JSON String, Number (
INSERT INTO s(id, labels) VALUES (5, '["cat", "cat"]');
INSERT INTO s(id, labels) VALUES (6, 7);
! INVALID_VALUE 7, expected a list, as in ARRAY['a', 'b']
SELECT id FROM s WHERE labels = ARRAY['cat', 'dog'];
> 1
SELECT id FROM s WHERE 'dog' = ANY (SELECT l FROM UNNEST(s.labels) AS u(l));
> 1
> 2
UPDATE s SET labels = ARRAY['dog'] WHERE id = 1;
UPDATE s SET labels = ARRAY['rat'] WHERE id = 1;
! INVALID_VALUE element 1: class label 'rat', expected one of 'cat', 'dog'
SELECT labels FROM s WHERE id = 1;
> ["dog"]
# Tensors of one list may differ in shape.
INSERT INTO s(id, boxes, vecs, names, notes, price, days) VALUES (7, ARRAY[ARRAY[ARRAY[1, 2, 3, 4]], ARRAY[]], ARRAY[ARRAY[ARRAY[1, 2]], ARRAY[ARRAY[1, 2], ARRAY[3, 4]]], ARRAY['a', NULL, ''], ARRAY['{"a": 1}', '[1, 2]'], ARRAY[1.50, 12345678901234567890.12], ARRAY[DATE '2026-11-27']);
SELECT * FROM s WHERE id = 7;
> 7 | NULL | [[[1.0,2.0,3.0,4.0]],[]] | [[[1.0,2.0]],[[1.0,2.0],[3.0,4.0]]] | ["a",null,""] | ["{\"a\": 1}","[1, 2]"] | [1.50,12345678901234567890.12] | ["2026-11-27"]
SELECT vecs[2], SHAPE(vecs[2]), boxes[1], names[3], price[2], days[1], notes[1] FROM s WHERE id = 7;
> [[1.0, 2.0], [3.0, 4.0]] | [2, 2] | [[1.0, 2.0, 3.0, 4.0]] |  | 12345678901234567890.12 | 2026-11-27 | {"a": 1}
INSERT INTO s(id, names) VALUES (8, ARRAY['four']);
! TOO_LONG element 1: 4 characters, at most 3 expected
INSERT INTO s(id, notes) VALUES (8, ARRAY['{']);
! INVALID_VALUE element 1: '{' is no JSON: Unexpected end-of-input: expected close marker for Ob
INSERT INTO s(id, vecs) VALUES (8, ARRAY[ARRAY[ARRAY[1, 2, 3]]]);
! INVALID_VALUE element 1: shape [1, 3], expected [*, 2]
INSERT INTO s(id, price) VALUES (8, ARRAY[1.555]);
! 22003 element 1: 1.555 does not fit into DECIMAL(30, 2): at most 28 digits before the
# From queries.
INSERT INTO s(id, labels) SELECT 9, labels FROM s WHERE id = 2;
INSERT INTO s(id, names) SELECT 10, ARRAY_AGG(l) IGNORE NULLS FROM s, UNNEST(s.labels) AS u(l) WHERE id = 2;
INSERT INTO s(id, price) SELECT 11, ARRAY[12345678901234567890.12, 1.50];
INSERT INTO s(id, vecs) SELECT 12, ARRAY[ARRAY[ARRAY[1, 2]], ARRAY[ARRAY[3, 4]]];
SELECT id, labels, names, price, vecs FROM s WHERE id >= 9 ORDER BY id;
> 9 | ["dog",null] | NULL | NULL | NULL
> 10 | NULL | ["dog"] | NULL | NULL
> 11 | NULL | NULL | [12345678901234567890.12,1.50] | NULL
> 12 | NULL | NULL | NULL | [[[1.0,2.0]],[[3.0,4.0]]]
# Lists are equal or not, and have no order to sort by.
SELECT labels, count(*) FROM s GROUP BY labels ORDER BY 2, CARDINALITY(labels);
> [] | 1
> ["dog"] | 1
> ["cat","cat"] | 1
> ["dog",null] | 2
> NULL | 5
SELECT DISTINCT names FROM s;
> NULL
> ["a",null,""]
> ["dog"]
SELECT id FROM s ORDER BY names, id;
! 42883 ORDER BY an ARRAY: lists have no order; take an element, CARDINALITY or a CAST t
# As text they are JSON.
SELECT CAST(labels AS VARCHAR) FROM s WHERE id = 2;
> ["dog",null]
SELECT COALESCE(labels, ARRAY['none']) FROM s WHERE id = 4;
> ["none"]
CREATE TABLE copied AS SELECT * FROM s;
SELECT column_name, type FROM TABLE(versor.columns('copied'));
> id | INTEGER
> labels | CLASS_LABEL('cat', 'dog') ARRAY
> boxes | BBOX ARRAY
> vecs | TENSOR(FLOAT32, *, 2) ARRAY
> names | VARCHAR(3) ARRAY
> notes | JSON ARRAY
> price | DECIMAL(30, 2) ARRAY
> days | DATE ARRAY
# What no column can be is refused, never a text.
CREATE TABLE bad(x INT MULTISET);
! 0A000 no column can be of type INTEGER MULTISET; lists are ARRAYs of one level, and JS
CREATE TABLE bad(x VARCHAR ARRAY ARRAY);
! 0A000 no column can be of type VARCHAR ARRAY ARRAY; lists are ARRAYs of one level, and
CREATE TABLE bad(x CLASS_LABEL('a') ARRAY ARRAY);
! 0A000 no column can be of type CLASS_LABEL ARRAY ARRAY; lists are ARRAYs of one level,
CREATE TABLE bad(x VARCHAR ARRAY PRIMARY KEY);
! 42P16 column x cannot be in a key: its values are lists
CREATE TABLE bad(x ROW(a INT));
! 0A000 no column can be of type ROW; lists are ARRAYs of one level, and JSON takes what
CREATE TABLE bad(x MAP<VARCHAR, INT>);
! 0A000 no column can be of type MAP; lists are ARRAYs of one level, and JSON takes what
CREATE TABLE bad(x INT ARRAY ARRAY, y BOOLEAN ARRAY);
SELECT column_name, type FROM TABLE(versor.columns('bad'));
> x | TENSOR(INT32, *, *)
> y | TENSOR(BOOL, *)
SELECT MAX(names) FROM s;
> ["dog"]
SELECT id FROM s WHERE names < ARRAY['b'];
> 7
SELECT labels[0] FROM s WHERE id = 1;
> NULL
SELECT CAST(price AS VARCHAR), CAST(days AS VARCHAR(20)), CAST(vecs AS VARCHAR) FROM s WHERE id = 7;
> [1.50,12345678901234567890.12] | ["2026-11-27"] | [[[1.0,2.0]],[[1.0,2.0],[3.0,4.0]]]
SELECT CAST(days AS VARCHAR(5)) FROM s WHERE id = 7;
! 22001 the text of a list has more than 5 characters
SELECT id FROM s WHERE CAST(labels AS VARCHAR) LIKE '%"dog"%' ORDER BY id;
> 1
> 2
> 9
SELECT id FROM s WHERE CARDINALITY(labels) > 1 AND labels[2] = 'dog';
> (none)
SELECT a.id, b.id FROM s a JOIN s b ON a.labels = b.labels AND a.id < b.id;
> 2 | 9
SELECT labels FROM s WHERE id = 1 UNION SELECT ARRAY['dog'];
> ["dog"]
SELECT CASE WHEN id = 1 THEN labels ELSE names END FROM s WHERE id IN (1, 7) ORDER BY id;
> ["dog"]
> ["a",null,""]
SELECT ARRAY[1, NULL], ARRAY['x', NULL], ARRAY[ARRAY['x']];
> [1,null] | ["x",null] | [["x"]]
# Defaults and constraints.
ALTER TABLE s ADD COLUMN more CLASS_LABEL('u', 'v') ARRAY DEFAULT ARRAY['u'];
SELECT more FROM s WHERE id = 1;
> ["u"]
ALTER TABLE s ADD COLUMN wrong CLASS_LABEL('u', 'v') ARRAY DEFAULT ARRAY['w'];
! INVALID_VALUE DEFAULT of column wrong: element 1: class label 'w', expected one of 'u
ALTER TABLE s ADD COLUMN needed VARCHAR ARRAY NOT NULL DEFAULT ARRAY[];
SELECT needed FROM s WHERE id = 1;
> []
INSERT INTO s(id, needed) VALUES (20, NULL);
! NOT_NULL NULL, expected a value: the column is NOT NULL
CREATE TABLE ck(x VARCHAR ARRAY, CHECK (CARDINALITY(x) <= 2));
INSERT INTO ck VALUES (ARRAY['a', 'b', 'c']);
! CHECK_VIOLATION CHECK ck_x_check of ck: CARDINALITY(x) <= 2 is false for x = ["a","b","c"]
# Cells are compared and merged whole.
COMMIT VERSION MESSAGE 'one';
CREATE BRANCH b;
UPDATE b.s SET labels = ARRAY['cat'] WHERE id = 1;
UPDATE s SET names = ARRAY['x'] WHERE id = 1;
COMMIT VERSION MESSAGE 'two';
CALL versor.commit_version('three', 'b');
SELECT diff_type, _rowid, from_labels, to_labels FROM TABLE(versor.diff('s', 'main', 'b'));
> modified | 4294967296 | ["dog"] | ["cat"]
MERGE BRANCH b;
SELECT labels, names FROM s WHERE id = 1;
> ["cat"] | ["x"]
SELECT table_name, tensor_name, rows_updated FROM TABLE(versor.diff_summary('main~1', 'main'));
> s | NULL | 1
> s | labels | 1
# Media, bytes and times.
CREATE TABLE p(i IMAGE('png') ARRAY, v VARBINARY(3) ARRAY, t TIME ARRAY, z TIMESTAMP WITH TIME ZONE ARRAY, ts TIMESTAMP(3) ARRAY);
INSERT INTO p(i) VALUES (ARRAY[ENCODE_IMAGE(CAST('[[[1],[2]]]' AS TENSOR(UINT8, *, *, *)), 'png'), NULL]);
INSERT INTO p(i) VALUES (ARRAY[ENCODE_IMAGE(CAST('[[[1],[2]]]' AS TENSOR(UINT8, *, *, *)), 'jpeg')]);
! INVALID_VALUE element 1: IMAGE('png') expected, but the value is a jpeg
INSERT INTO p(i) VALUES (ARRAY[X'00']);
! INVALID_VALUE element 1: IMAGE('png') expected, but the 1 bytes given begin like no picture th
SELECT CARDINALITY(i), DECODE_IMAGE(i[1]), SHAPE(i[1]), i[2] IS NULL FROM p;
> 2 | [[[1], [2]]] | [1, 2, 1] | true
SELECT SHAPE(x), IMAGE_WIDTH(x) FROM p, UNNEST(i) AS u(x);
> [1, 2, 1] | 2
> NULL | NULL
INSERT INTO p(v, t, z, ts) VALUES (ARRAY[X'00FF', X''], ARRAY[TIME '12:00:00.5'], ARRAY[TIMESTAMP '2026-01-01 00:00:00'], ARRAY[TIMESTAMP '2026-01-01 00:00:00.123']);
SELECT v, t, z, ts, v[1], t[1], z[1], ts[1] FROM p WHERE v IS NOT NULL;
> ["AP8=",""] | ["12:00:00.5"] | ["2026-01-01 00:00:00+00:00"] | ["2026-01-01 00:00:00.123"] | 00ff | 12:00:00.5 | 2026-01-01 00:00:00+00:00 | 2026-01-01 00:00:00.123
INSERT INTO p(ts) VALUES (ARRAY[TIMESTAMP '2026-01-01 00:00:00.1234']);
! INVALID_VALUE element 1: more than 3 digits of a second
INSERT INTO p(v) VALUES (ARRAY[X'00000000']);
! TOO_LONG element 1: 4 bytes, at most 3 expected
# A list of lists with NULLs becomes a column of its JSON text, as one without does.
CREATE TABLE inner_nulls (x VARCHAR ARRAY);
INSERT INTO inner_nulls VALUES (ARRAY['a', NULL]), (NULL), (ARRAY['b']);
= 3
CREATE TABLE listed AS SELECT ARRAY_AGG(x) AS n FROM inner_nulls;
= 1
SELECT n FROM listed;
> [["a",null],null,["b"]]
