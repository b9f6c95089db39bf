# A line has an object; fields that a row does not have get the column's default.
CREATE TABLE people(id INTEGER, name VARCHAR DEFAULT 'nobody', vec EMBEDDING(3), doc JSON, ok BOOLEAN);
COPY people FROM 'people.jsonl';
> 3 | 0 | 1
SELECT * FROM people;
> 1 | Ann | [0.5, 1.0, -2.0] | {"a" : [1, 2.50]} | true
> 2 | NULL | [0.001, 0.0, 0.0] | [1] | false
> 3 | nobody | [3.0, 4.0, 5.0] | "text" | NULL
# An array that is the whole file.
CREATE TABLE two(id INTEGER, name VARCHAR);
COPY two FROM 'array.json';
> 2 | 0 | 1
SELECT * FROM two;
> 1 | a [b] {c}, "d"
> 2 | e
COPY two(name FROM 'id') FROM 'array.json';
> 2 | 0 | 1
COPY two(id FROM 2) FROM 'array.json';
! 22023 fields of JSON have names, no positions
CREATE TABLE ids(id INTEGER);
COPY ids FROM 'cut.json';
! INVALID_VALUE cut.json: the array that the file begins with has no end
COPY ids FROM 'bad.jsonl';
! INVALID_VALUE bad.jsonl, line 2, column id of ids: 'x', expected a number
COPY ids FROM 'bad.jsonl' ON ERROR SKIP INTO rejects;
> 2 | 7 | 1
SELECT line_no, column_name, SUBSTRING(reason FROM 1 FOR 30) AS reason, raw FROM rejects;
> 2 | id | 'x', expected a number | {"id": "x"}
> 3 | NULL | the field id is there twice | {"id": 2, "id": 3}
> 4 | NULL | the field no has no column in  | {"id": 4, "no": 1}
> 5 | NULL | no JSON: Unexpected end-of-inp | {"id": 5
> 6 | NULL | no JSON object as in {"column" | [6]
> 7 | id | an object, expected a value; a | {"id": {"a": 7}}
> 8 | NULL | something stands behind the ob | {"id": 8} {"id": 9}
