# The first row is a header when it is made of names of columns; columns go by name then.
CREATE TABLE people(score DOUBLE, id INTEGER PRIMARY KEY, name VARCHAR, born DATE, tags TENSOR(INT32, *));
COPY people FROM 'people.csv';
> 4 | 0 | 1
SELECT id, REPLACE(name, U&'\000A', '/') AS name, score, born, tags FROM people;
> 1 | Ann | 1.5 | 1990-01-31 | [1, 2]
> 2 | Bob "the" B, Jr. | -0.25 | NULL | []
> 3 | two/lines | 1000.0 | 2000-02-29 | [7]
> 4 |  | NULL | 1999-12-31 | NULL
# Keys hold for what is copied, and a failed COPY changes nothing.
COPY people FROM 'people.csv';
! NOT_UNIQUE 1 is there already
SELECT COUNT(*) FROM people;
> 4
# Only the columns that are named; the others get their defaults.
CREATE TABLE few(n VARCHAR, id BIGINT, d INTEGER DEFAULT 7);
COPY few(id) FROM 'people.csv';
> 4 | 0 | 1
COPY few(n FROM 'name', id) FROM 'people.csv';
COPY few(n FROM 'nmae') FROM 'people.csv';
! 42703 no field nmae for column n; did you mean name?
# What no column takes is not dropped in silence.
COPY few FROM 'people.csv' (HEADER);
! 42703 the field name has no column in few
SELECT id, n, d FROM few WHERE id = 1;
> 1 | NULL | 7
> 1 | Ann | 7
TRUNCATE few;
# By position: without a header, or because it is said.
CREATE TABLE pair(id INTEGER, name VARCHAR NOT NULL);
COPY pair FROM 'shops' (FORMAT csv);
> 3 | 0 | 2
COPY pair FROM 'shops/b.csv';
> 1 | 0 | 1
SELECT * FROM pair;
> 1 | one
> 2 | two
> 3 | three
> 3 | three
COPY pair(name FROM 2, id FROM 1) FROM 'people.csv' (HEADER);
> 4 | 0 | 1
SELECT id FROM pair WHERE name = 'Ann';
> 1
COPY few(id, n) FROM 'shops' (MATCH position, HEADER FALSE);
> 3 | 0 | 2
COPY pair(id, name FROM 9) FROM 'shops/b.csv';
! 42703 shops/b.csv: no field 9; the first row has 2
TRUNCATE pair;
# Dialects.
COPY pair FROM 'tabs.tsv' (HEADER, MATCH position, NULL '\N');
! NOT_NULL tabs.tsv, line 2, column name of pair: NULL
COPY pair FROM 'tabs.tsv' (HEADER, MATCH position, NULL '\N') ON ERROR SKIP;
> 1 | 1 | 1
COPY pair FROM 'mark.csv' (SKIP 1, DELIMITER ';');
> 2 | 0 | 1
COPY pair FROM 'latin1.csv';
! INVALID_VALUE latin1.csv, line 2, column name of pair: 'M�ller' is not in UTF-8; ENCODING
COPY pair FROM 'latin1.csv' (ENCODING 'latin1');
> 1 | 0 | 1
SELECT * FROM pair;
> 2 | x
> 1 | Müller
> 2 | 中
> 1 | Müller
TRUNCATE pair;
# Rows that do not fit: the file, the line, the column and the value; nothing is changed.
COPY pair FROM 'bad.csv';
! INVALID_VALUE bad.csv, line 3, column id of pair: 'x', expected a number
SELECT COUNT(*) FROM pair;
> 0
COPY pair FROM 'bad.csv' ON ERROR SKIP MAX ERRORS 3;
! 22003 more than MAX ERRORS 3; the last: bad.csv, line 7, column id of pair: 300000000000 does not fit into INT32
COPY pair FROM 'bad.csv' ON ERROR SKIP INTO rejects MAX ERRORS 5;
> 2 | 5 | 1
SELECT * FROM pair;
> 1 | one
> 5 | five
SELECT file, row_no, line_no, column_name, reason, REPLACE(raw, U&'\000A', '/') AS raw FROM rejects;
> bad.csv | 2 | 3 | id | 'x', expected a number | x,two
> bad.csv | 3 | 4 | NULL | 3 fields, expected 2 | 3,three,3
> bad.csv | 4 | 5 | NULL | field 2 goes on behind its closing quote: 4 | 4,"four"4
> bad.csv | 6 | 7 | id | 300000000000 does not fit into INT32, expected -2147483648 to 2147483647 | 300000000000,six
> bad.csv | 7 | 8 | NULL | the quote that begins field 2 is not closed | 7,"never closed/8,eight
# PostgreSQL's words for the same; the table for rejects is used again.
COPY pair FROM 'bad.csv' (ON_ERROR ignore, REJECT_LIMIT 5);
> 2 | 5 | 1
COPY pair FROM 'bad.csv' ON ERROR SKIP INTO rejects;
SELECT COUNT(*) FROM rejects;
> 10
COPY pair FROM 'bad.csv' ON ERROR SKIP INTO few;
! 42804 few is no table for rejected rows
# Labels.
CREATE TABLE labelled(id INTEGER, name CLASS_LABEL('two'));
COPY labelled FROM 'shops';
! INVALID_VALUE shops/a.csv, line 1, column name of labelled: class label 'one'
COPY labelled FROM 'shops' (LABELS ADD);
> 3 | 0 | 2
SELECT id, name, LABEL_ID(name) AS n FROM labelled;
> 1 | one | 1
> 2 | two | 0
> 3 | three | 2
COPY pair FROM 'shops' (LABELS ADD);
! 22023 no column that is copied is a CLASS_LABEL
# Inside of a transaction, which sees it and can go back.
BEGIN;
COPY pair FROM 'shops';
> 3 | 0 | 2
SELECT COUNT(*) FROM pair;
> 9
COPY pair FROM 'bad.csv';
! INVALID_VALUE line 3
SELECT COUNT(*) FROM pair;
> 9
ROLLBACK;
SELECT COUNT(*) FROM pair;
> 6
# Wrong words.
COPY pair FROM 'shops' (FORMAT cvs);
! 22023 no FORMAT cvs; did you mean csv?
COPY pair FROM 'shops/readme.md';
! 22023 does not tell its format
COPY pair FROM 'none.csv';
! 58P01 there is no file
COPY pair FROM 'shops' (FORMAT json);
! 58P01 there is no file for FORMAT json
COPY pair FROM 'shops' (DELIMETER ';');
! 42601 has no option DELIMETER; did you mean delimiter?
COPY pair FROM 'shops' (DELIMITER ';;');
! 22023 option delimiter is one character of ASCII, found ';;'
COPY pair FROM 'shops' (DELIMITER ';', DELIMITER ',');
! 42601 given twice
COPY pair FROM 'shops' (HEADER maybe);
! 22023 option header is TRUE or FALSE
COPY pair FROM 'shops' (ENCODING 'utf-9');
! 22023 option encoding
COPY pair(id, id) FROM 'shops';
! 42701 given twice
COPY pair(nada) FROM 'shops';
! 42703 no column nada in pair
COPY nothing FROM 'shops';
! 42P01 nothing
COPY pair FROM 'x.parquet';
! 58P01 there is no file
COPY pair TO 'x.parquet';
! 0A000 put versor-columnar.jar on the class path
