# Constraints hold for what is copied; the error says which row of the file violates one, and nothing is changed.
CREATE TABLE c(id INTEGER PRIMARY KEY, name VARCHAR NOT NULL UNIQUE, score INTEGER CHECK (score >= 0), CONSTRAINT low CHECK (score < id * 100));
INSERT INTO c VALUES (5, 'old', 0);
COPY c FROM 'constraints.csv';
! CHECK_VIOLATION constraints.csv, line 3: CHECK c_score_check of c
SELECT COUNT(*) FROM c;
> 1
# Rows that violate one are left out like rows whose values do not fit, and the table of rejects tells why.
COPY c FROM 'constraints.csv' ON ERROR SKIP INTO rejects;
> 2 | 8 | 1
SELECT * FROM c ORDER BY id;
> 1 | one | 5
> 5 | old | 0
> 10 | ten | 1
SELECT row_no, line_no, column_name, reason, raw FROM rejects;
> 2 | 3 | NULL | CHECK c_score_check of c: score >= 0 is false for score = -1 | 2,two,-1
> 3 | 4 | NULL | PRIMARY KEY (id) of c: 1 is there already | 1,again,6
> 4 | 5 | name | NULL, expected a value: the column is NOT NULL | 4,,7
> 5 | 6 | NULL | PRIMARY KEY (id) of c: 5 is there already | 5,five,8
> 6 | 7 | id | NULL, expected a value: the column is NOT NULL | ,six,9
> 7 | 8 | score | 'x', expected a number | 7,seven,x
> 8 | 9 | NULL | UNIQUE (name) of c: 'one' is there already | 8,one,9
> 9 | 10 | NULL | CHECK low of c: score < id * 100 is false for id = 9, score = 950 | 9,nine,950
# All of it again: each row is there already, or does not fit.
COPY c FROM 'constraints.csv' ON ERROR SKIP;
> 0 | 10 | 1
COPY c FROM 'constraints.csv' ON ERROR SKIP MAX ERRORS 2;
! NOT_UNIQUE more than MAX ERRORS 2; the last: constraints.csv, line 4: PRIMARY KEY (id) of c: 1 is there already
# A row that is left out takes no key from those behind it.
CREATE TABLE two(a INTEGER UNIQUE, b INTEGER UNIQUE, CHECK (a <> 3));
COPY (SELECT a, b FROM (VALUES (1, 1), (2, 1), (2, 2), (3, 4), (5, 4), (NULL, NULL), (NULL, NULL)) AS v(a, b)) TO 'two.json';
COPY two FROM 'two.json' ON ERROR SKIP;
> 5 | 2 | 1
SELECT * FROM two;
> 1 | 1
> 2 | 2
> 5 | 4
> NULL | NULL
> NULL | NULL
# The order of a query is the order of its file.
COPY (SELECT a, b FROM two WHERE a IS NOT NULL ORDER BY b DESC) TO 'ordered.csv';
CREATE TABLE ordered(a INTEGER, b INTEGER);
COPY ordered FROM 'ordered.csv';
SELECT * FROM ordered;
> 5 | 4
> 2 | 2
> 1 | 1
COPY (SELECT a FROM two UNION ALL SELECT b FROM two ORDER BY a DESC FETCH FIRST 2 ROWS ONLY) TO 'ordered.json';
> 2 | 1
