# Lists in text files are JSON: in the cell of a CSV file, and as arrays in JSON lines.
CREATE TABLE l(id INTEGER, labels CLASS_LABEL('cat', 'dog') ARRAY, days DATE ARRAY, boxes BBOX ARRAY);
COPY l FROM 'lists.csv';
! INVALID_VALUE lists.csv, line 4, column labels of l: element 1: class label 'cow', expected one of 'cat', 'dog'
COPY l FROM 'lists.csv' ON ERROR SKIP INTO rejects;
> 3 | 7 | 1
SELECT * FROM l;
> 1 | ["cat",null,"dog"] | ["2026-11-27"] | [[[1.0,2.0,30.0,40.0]],[]]
> 2 | [] | NULL | [null]
> 10 | NULL | NULL | [[[5.0,6.0,7.0,8.0],[1.0,2.0,3.0,4.0]],null]
SELECT line_no, column_name, SUBSTRING(reason FROM 1 FOR 50) FROM rejects;
> 4 | labels | element 1: class label 'cow', expected one of 'cat
> 5 | labels | '["cat"' is no list: Unexpected end-of-input: expe
> 6 | days | element 1: '2026-02-30', expected a date, as in '2
> 7 | days | element 3: '7', expected a date, as in '2026-11-23
> 8 | labels | 'cat' is no list: Unrecognized token 'cat': was ex
> 9 | labels | a list inside of a list, expected values
> 10 | labels | an object inside of a list, expected values
TRUNCATE l;
DROP TABLE rejects;
COPY l FROM 'lists.jsonl';
! INVALID_VALUE lists.jsonl, line 3, column labels of l: element 1: class label 'cow', expected one of 'cat', 'dog'
COPY l FROM 'lists.jsonl' ON ERROR SKIP INTO rejects;
> 4 | 6 | 1
SELECT * FROM l;
> 1 | ["cat",null,"dog"] | ["2026-11-27"] | [[[1.0,2.0,30.0,40.0]],[]]
> 2 | [] | NULL | [null]
> 9 | ["dog"] | NULL | NULL
> 10 | NULL | NULL | [[[5.0,6.0,7.0,8.0],[1.0,2.0,3.0,4.0]],null]
SELECT line_no, column_name, SUBSTRING(reason FROM 1 FOR 50) FROM rejects;
> 3 | labels | element 1: class label 'cow', expected one of 'cat
> 4 | labels | 'cat' is no list: Unrecognized token 'cat': was ex
> 5 | labels | an object, expected a value; a JSON column takes o
> 6 | days | element 1: '2026-02-30', expected a date, as in '2
> 7 | days | element 2: '20261127', expected a date, as in '202
> 8 | boxes | element 1: shape [1, 3], expected [*, 4]
# Labels in lists can be added.
CREATE TABLE more(id INTEGER, labels CLASS_LABEL('dog') ARRAY);
COPY more(id, labels) FROM 'lists.jsonl' (LABELS ADD) ON ERROR SKIP;
> 8 | 2 | 1
SELECT id, labels, LABEL_ID(labels) FROM more WHERE labels IS NOT NULL;
> 1 | ["cat",null,"dog"] | [1,null,0]
> 2 | [] | []
> 3 | ["cow"] | [2]
> 9 | ["dog"] | [0]
# What is written and read again is the same, whatever the elements are.
CREATE TABLE a(id INTEGER, s VARCHAR ARRAY, t TIME(6) ARRAY, ts TIMESTAMP(6) ARRAY, z TIMESTAMP(6) WITH TIME ZONE ARRAY, n DECIMAL(38, 10) ARRAY, m DECIMAL(7, 2) ARRAY, u UUID ARRAY, x VARBINARY(8) ARRAY, j JSON ARRAY, li LIST ARRAY, e EMBEDDING(2) ARRAY, v TENSOR(FLOAT32, *, 3) ARRAY, b TENSOR(BOOL, 2, *) ARRAY, q TENSOR(UINT64, *) ARRAY);
INSERT INTO a(id, s, t, ts, z, n, m) VALUES (1, ARRAY['a', NULL, '', 'x, "y"'], '["23:59:59.999999", null]', '["2026-11-27 10:00:00.000001", null]', '["2026-11-27T10:00:00+02:00", null]', '[1234567890123456789012345678.0123456789, null]', '[1.50, -99999.99]');
INSERT INTO a(id, u, x, j, li, e, v, b, q) VALUES (2, '["00112233-4455-6677-8899-aabbccddeeff", null]', '["AP8=", null, ""]', '[{"k": [1, null]}, null, [], "t"]', '[[1, null], null, []]', '[[0.5, 1], null]', '[[[1, 2, 3], [4, 5, 6]], null, [], [[7, 8, 9]]]', '[[[true], [false]], null, [[], []]]', '[[18446744073709551615], [], null]');
INSERT INTO a(id, s, t, u, x, j, e, v, q) VALUES (3, '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]'), (4, '[null]', '[null]', '[null]', '[null]', '[null]', '[null]', '[null]', '[null]');
CREATE TABLE c(id INTEGER, s VARCHAR ARRAY, t TIME(6) ARRAY, ts TIMESTAMP(6) ARRAY, z TIMESTAMP(6) WITH TIME ZONE ARRAY, n DECIMAL(38, 10) ARRAY, m DECIMAL(7, 2) ARRAY, u UUID ARRAY, x VARBINARY(8) ARRAY, j JSON ARRAY, li LIST ARRAY, e EMBEDDING(2) ARRAY, v TENSOR(FLOAT32, *, 3) ARRAY, b TENSOR(BOOL, 2, *) ARRAY, q TENSOR(UINT64, *) ARRAY);
COPY a TO 'lists-out.csv';
> 4 | 1
COPY c FROM 'lists-out.csv';
> 4 | 0 | 1
SELECT TABLE_HASH('a') = TABLE_HASH('c') AS same;
> true
TRUNCATE c;
COPY a TO 'lists-out.json';
COPY c FROM 'lists-out.json';
SELECT TABLE_HASH('a') = TABLE_HASH('c') AS same;
> true
# Lists that a query made.
COPY (SELECT s[2] AS k, ARRAY_AGG(id) AS ids, ARRAY_AGG(s[1]) AS firsts FROM a GROUP BY s[2]) TO 'made.json';
> 1 | 1
CREATE TABLE made(k VARCHAR, ids TENSOR(INT32, *), firsts VARCHAR ARRAY);
COPY made FROM 'made.json';
SELECT * FROM made;
> NULL | [1, 2, 3, 4] | ["a",null,null,null]
