# Row patterns. The ticker of the textbooks: a price falls and rises again.
CREATE TABLE ticker (symbol TEXT, day DATE, price INTEGER);
INSERT INTO ticker VALUES ('ACME', DATE '2011-04-01', 12), ('ACME', DATE '2011-04-02', 17), ('ACME', DATE '2011-04-03', 19), ('ACME', DATE '2011-04-04', 21), ('ACME', DATE '2011-04-05', 25), ('ACME', DATE '2011-04-06', 12), ('ACME', DATE '2011-04-07', 15), ('ACME', DATE '2011-04-08', 20), ('ACME', DATE '2011-04-09', 24), ('ACME', DATE '2011-04-10', 25), ('ACME', DATE '2011-04-11', 19), ('ACME', DATE '2011-04-12', 15), ('ACME', DATE '2011-04-13', 25), ('ACME', DATE '2011-04-14', 25), ('ACME', DATE '2011-04-15', 14), ('ACME', DATE '2011-04-16', 12), ('ACME', DATE '2011-04-17', 14), ('ACME', DATE '2011-04-18', 24), ('ACME', DATE '2011-04-19', 23), ('ACME', DATE '2011-04-20', 22);
SELECT * FROM ticker MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY day
  MEASURES STRT.day AS start_day, LAST(DOWN.day) AS bottom_day, LAST(UP.day) AS end_day
  ONE ROW PER MATCH AFTER MATCH SKIP TO LAST UP
  PATTERN (STRT DOWN+ UP+)
  DEFINE DOWN AS DOWN.price < PREV(DOWN.price), UP AS UP.price > PREV(UP.price)) AS m;
> ACME | 2011-04-05 | 2011-04-06 | 2011-04-10
> ACME | 2011-04-10 | 2011-04-12 | 2011-04-13
> ACME | 2011-04-14 | 2011-04-16 | 2011-04-18
SELECT * FROM ticker MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY day
  MEASURES STRT.day AS start_day, FINAL LAST(DOWN.day) AS bottom_day, MATCH_NUMBER() AS n, CLASSIFIER() AS c,
    COUNT(*) AS rows_yet, FINAL COUNT(UP.day) AS up_days, COUNT(UP.*) AS ups, price - STRT.price AS diff
  ALL ROWS PER MATCH AFTER MATCH SKIP TO LAST UP
  PATTERN (STRT DOWN+ UP+)
  DEFINE DOWN AS DOWN.price < PREV(DOWN.price), UP AS UP.price > PREV(UP.price)) AS m;
> ACME | 2011-04-05 | 2011-04-05 | 2011-04-06 | 1 | STRT | 1 | 4 | 0 | 0 | 25
> ACME | 2011-04-06 | 2011-04-05 | 2011-04-06 | 1 | DOWN | 2 | 4 | 0 | -13 | 12
> ACME | 2011-04-07 | 2011-04-05 | 2011-04-06 | 1 | UP | 3 | 4 | 1 | -10 | 15
> ACME | 2011-04-08 | 2011-04-05 | 2011-04-06 | 1 | UP | 4 | 4 | 2 | -5 | 20
> ACME | 2011-04-09 | 2011-04-05 | 2011-04-06 | 1 | UP | 5 | 4 | 3 | -1 | 24
> ACME | 2011-04-10 | 2011-04-05 | 2011-04-06 | 1 | UP | 6 | 4 | 4 | 0 | 25
> ACME | 2011-04-10 | 2011-04-10 | 2011-04-12 | 2 | STRT | 1 | 1 | 0 | 0 | 25
> ACME | 2011-04-11 | 2011-04-10 | 2011-04-12 | 2 | DOWN | 2 | 1 | 0 | -6 | 19
> ACME | 2011-04-12 | 2011-04-10 | 2011-04-12 | 2 | DOWN | 3 | 1 | 0 | -10 | 15
> ACME | 2011-04-13 | 2011-04-10 | 2011-04-12 | 2 | UP | 4 | 1 | 1 | 0 | 25
> ACME | 2011-04-14 | 2011-04-14 | 2011-04-16 | 3 | STRT | 1 | 2 | 0 | 0 | 25
> ACME | 2011-04-15 | 2011-04-14 | 2011-04-16 | 3 | DOWN | 2 | 2 | 0 | -11 | 14
> ACME | 2011-04-16 | 2011-04-14 | 2011-04-16 | 3 | DOWN | 3 | 2 | 0 | -13 | 12
> ACME | 2011-04-17 | 2011-04-14 | 2011-04-16 | 3 | UP | 4 | 2 | 1 | -11 | 14
> ACME | 2011-04-18 | 2011-04-14 | 2011-04-16 | 3 | UP | 5 | 2 | 2 | -1 | 24
# A W: without anything else said, one row for each match, and the next one begins behind it.
SELECT m.symbol, m.a, m.b FROM ticker MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY day
  MEASURES STRT.day AS a, FINAL LAST(UP.day) AS b
  PATTERN (STRT DOWN+ UP+ DOWN+ UP+)
  DEFINE DOWN AS price < PREV(price), UP AS price > PREV(price)) AS m;
> ACME | 2011-04-05 | 2011-04-13

# Small rows, to say what each clause does.
CREATE TABLE t (p TEXT, id INTEGER, v INTEGER, s TEXT NOT NULL);
INSERT INTO t VALUES ('x', 1, 1, 'a'), ('x', 2, 2, 'a'), ('x', 3, 3, 'b'), ('x', 4, NULL, 'a'), ('x', 5, 1, 'a'), ('y', 1, 5, 'b'), ('y', 2, 4, 'b'), (NULL, 1, 7, 'a'), (NULL, 2, 8, 'b'), (NULL, 3, 9, 'a');
# Partitions: NULL is one. What DEFINE does not tell takes every row.
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(A.id) AS f, LAST(B.id) AS l, COUNT(*) AS n PATTERN (A B*) DEFINE B AS B.s = 'a') AS m ORDER BY p, f;
> x | 1 | 2 | 2
> x | 3 | 5 | 3
> y | 1 | NULL | 1
> y | 2 | NULL | 1
> NULL | 1 | NULL | 1
> NULL | 2 | 3 | 2
# Greedy and reluctant.
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES LISTAGG(CLASSIFIER(), '') AS c PATTERN (A+ B?) DEFINE A AS s = 'a') ORDER BY p, c;
> x | AA
> x | AAB
> NULL | A
> NULL | AB
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES LISTAGG(CLASSIFIER(), '') AS c PATTERN (A+? B) DEFINE A AS s = 'a') ORDER BY p, c;
> x | AB
> x | AB
> NULL | AB
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY p, id MEASURES LISTAGG(CLASSIFIER(), '') AS c PATTERN (A{2,3} B{0,1}? C{,2}) DEFINE A AS TRUE) AS m;
> AAACC
> AAACC
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY p, id MEASURES LISTAGG(CLASSIFIER(), '') AS c PATTERN (A{2} B{3,}?) DEFINE A AS TRUE) AS m;
> AABBB
> AABBB
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY p, id MEASURES LISTAGG(CLASSIFIER(), '') AS c PATTERN (A?? B{2,3}? C+?) DEFINE A AS TRUE) AS m;
> BBC
> BBC
> BBC
# Alternatives: the first that leads to a match, not the longest.
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES LISTAGG(CLASSIFIER(), '') AS c PATTERN ((A | A B) C*) DEFINE A AS s = 'a', B AS s = 'a', C AS v IS NULL) ORDER BY p, c;
> x | A
> x | A
> x | A
> x | A
> NULL | A
> NULL | A
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES LISTAGG(CLASSIFIER(), '') AS c PATTERN ((A B | A) C*) DEFINE A AS s = 'a', B AS s = 'a', C AS v IS NULL) ORDER BY p, c;
> x | AB
> x | AB
> NULL | A
> NULL | A
# Permutations in the order of what is written.
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY p, id MEASURES LISTAGG(CLASSIFIER(), '') AS c PATTERN (PERMUTE(A, B, C)) DEFINE A AS s = 'a', B AS s = 'b', C AS TRUE) AS m;
> ACB
> ACB
> BAC
# Anchors, anywhere in a pattern.
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l PATTERN (^ A B) DEFINE A AS TRUE) ORDER BY p;
> x | 1 | 2
> y | 1 | 2
> NULL | 1 | 2
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l PATTERN (A B $) DEFINE A AS TRUE) ORDER BY p;
> x | 4 | 5
> y | 1 | 2
> NULL | 2 | 3
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l PATTERN (^ A B $ | A $) DEFINE A AS TRUE) ORDER BY p;
> x | 5 | 5
> y | 1 | 2
> NULL | 3 | 3
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l PATTERN (A ^ B) DEFINE A AS TRUE) ORDER BY p;
> (none)
# Matches of no row have a number, and are shown where they are.
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES MATCH_NUMBER() AS n, COUNT(*) AS c, FIRST(id) AS f, CLASSIFIER() AS k PATTERN (A*) DEFINE A AS s = 'a') ORDER BY p, n;
> x | 1 | 2 | 1 | A
> x | 2 | 0 | NULL | NULL
> x | 3 | 2 | 4 | A
> y | 1 | 0 | NULL | NULL
> y | 2 | 0 | NULL | NULL
> NULL | 1 | 1 | 1 | A
> NULL | 2 | 0 | NULL | NULL
> NULL | 3 | 1 | 3 | A
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES MATCH_NUMBER() AS n, COUNT(*) AS c, v AS w, CLASSIFIER() AS k ALL ROWS PER MATCH PATTERN (A*) DEFINE A AS s = 'a') ORDER BY p, id;
> x | 1 | 1 | 1 | 1 | A | 1 | a
> x | 2 | 1 | 2 | 2 | A | 2 | a
> x | 3 | 2 | 0 | NULL | NULL | 3 | b
> x | 4 | 3 | 1 | NULL | A | NULL | a
> x | 5 | 3 | 2 | 1 | A | 1 | a
> y | 1 | 1 | 0 | NULL | NULL | 5 | b
> y | 2 | 2 | 0 | NULL | NULL | 4 | b
> NULL | 1 | 1 | 1 | 7 | A | 7 | a
> NULL | 2 | 2 | 0 | NULL | NULL | 8 | b
> NULL | 3 | 3 | 1 | 9 | A | 9 | a
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES MATCH_NUMBER() AS n, COUNT(*) AS c ALL ROWS PER MATCH SHOW EMPTY MATCHES PATTERN (A*) DEFINE A AS s = 'a') WHERE p = 'x' ORDER BY id;
> x | 1 | 1 | 1 | 1 | a
> x | 2 | 1 | 2 | 2 | a
> x | 3 | 2 | 0 | 3 | b
> x | 4 | 3 | 1 | NULL | a
> x | 5 | 3 | 2 | 1 | a
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES MATCH_NUMBER() AS n, COUNT(*) AS c ALL ROWS PER MATCH OMIT EMPTY MATCHES PATTERN (A*) DEFINE A AS s = 'a') WHERE p = 'x' ORDER BY id;
> x | 1 | 1 | 1 | 1 | a
> x | 2 | 1 | 2 | 2 | a
> x | 4 | 3 | 1 | NULL | a
> x | 5 | 3 | 2 | 1 | a
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES MATCH_NUMBER() AS n, COUNT(*) AS c, CLASSIFIER() AS k ALL ROWS PER MATCH WITH UNMATCHED ROWS PATTERN (A+) DEFINE A AS s = 'a') ORDER BY p, id;
> x | 1 | 1 | 1 | A | 1 | a
> x | 2 | 1 | 2 | A | 2 | a
> x | 3 | NULL | NULL | NULL | 3 | b
> x | 4 | 2 | 1 | A | NULL | a
> x | 5 | 2 | 2 | A | 1 | a
> y | 1 | NULL | NULL | NULL | 5 | b
> y | 2 | NULL | NULL | NULL | 4 | b
> NULL | 1 | 1 | 1 | A | 7 | a
> NULL | 2 | NULL | NULL | NULL | 8 | b
> NULL | 3 | 2 | 1 | A | 9 | a
SELECT id, n, k FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES MATCH_NUMBER() AS n, CLASSIFIER() AS k ALL ROWS PER MATCH WITH UNMATCHED ROWS PATTERN (() | A) DEFINE A AS s = 'a') WHERE p = 'x' ORDER BY id;
> 1 | 1 | NULL
> 2 | 2 | NULL
> 3 | 3 | NULL
> 4 | 4 | NULL
> 5 | 5 | NULL
# A row of one match is not unmatched because another one does not begin there.
SELECT id, n, k FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES MATCH_NUMBER() AS n, CLASSIFIER() AS k ALL ROWS PER MATCH WITH UNMATCHED ROWS AFTER MATCH SKIP TO NEXT ROW PATTERN (A B) DEFINE A AS v = 2, B AS TRUE) WHERE p = 'x' ORDER BY id;
> 1 | NULL | NULL
> 2 | 1 | A
> 3 | 1 | B
> 4 | NULL | NULL
> 5 | NULL | NULL
# Rows that are part of a match and not shown.
SELECT id, c, l FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES CLASSIFIER() AS c, FINAL LISTAGG(id, '') AS l ALL ROWS PER MATCH PATTERN (A {- B+ -} C) DEFINE B AS id < 5) WHERE p = 'x' ORDER BY id;
> 1 | A | 12345
> 5 | C | 12345
SELECT id, c FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES CLASSIFIER() AS c ALL ROWS PER MATCH PATTERN ({- A -} (B {- A -})*) DEFINE A AS TRUE) WHERE p = 'x' ORDER BY id;
> 2 | B
> 4 | B
SELECT id, c FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES CLASSIFIER() AS c ALL ROWS PER MATCH PATTERN (B {- A -}{2}) DEFINE A AS TRUE) WHERE p = 'x' ORDER BY id;
> 1 | B
# Where to go on.
SELECT f, l FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l AFTER MATCH SKIP PAST LAST ROW PATTERN (A B) DEFINE A AS TRUE) WHERE p = 'x';
> 1 | 2
> 3 | 4
SELECT f, l FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l AFTER MATCH SKIP TO NEXT ROW PATTERN (A B) DEFINE A AS TRUE) WHERE p = 'x';
> 1 | 2
> 2 | 3
> 3 | 4
> 4 | 5
SELECT f, l FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l AFTER MATCH SKIP TO FIRST B PATTERN (A A B+) DEFINE A AS TRUE) WHERE p = 'x';
> 1 | 5
> 3 | 5
SELECT f, l FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l AFTER MATCH SKIP TO LAST A PATTERN (A A B) DEFINE A AS TRUE) WHERE p = 'x';
> 1 | 3
> 2 | 4
> 3 | 5
SELECT f, l FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l AFTER MATCH SKIP TO A PATTERN (A A B) DEFINE A AS TRUE) WHERE p = 'x';
> 1 | 3
> 2 | 4
> 3 | 5
SELECT f, l FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f, LAST(id) AS l AFTER MATCH SKIP TO LAST U PATTERN (A B C) SUBSET U = (A, B) DEFINE A AS TRUE) WHERE p = 'x';
> 1 | 3
> 2 | 4
> 3 | 5
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f AFTER MATCH SKIP TO FIRST A PATTERN (A B) DEFINE A AS TRUE);
! 2202L AFTER MATCH SKIP TO a variable, but its row is the first one in match 1, which begins at row 1 of its partition, where the same match would be found again; SKIP TO NEXT ROW or to another variable
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f AFTER MATCH SKIP TO B PATTERN (A B?) DEFINE B AS v IS NULL);
! 2202K AFTER MATCH SKIP TO a variable, but no row of it is in match 1, which begins at row 1 of its partition; SKIP PAST LAST ROW, or let PATTERN always take one
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f AFTER MATCH SKIP TO Z PATTERN (A B?) DEFINE B AS v IS NULL);
! 42704 Z is not a variable of PATTERN or SUBSET; did you mean A or B?
# Navigation: FIRST and LAST among the rows of a variable, PREV and NEXT among those of the partition.
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(A.id, 1) AS f1, LAST(A.id, 1) AS l1, FIRST(A.id, 9) AS f9, PREV(A.id) AS pr, NEXT(B.v) AS ne, PREV(FIRST(A.id), 1) AS pf, NEXT(FIRST(A.id), 2) AS nf, PREV(LAST(B.id, 0), 2) AS pl PATTERN (A A A B) DEFINE A AS TRUE) WHERE p = 'x';
> x | 2 | 2 | NULL | 2 | 1 | NULL | 3 | 2
SELECT id, b, r, f FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES B.v AS b, RUNNING LAST(B.v) AS r, FINAL LAST(B.v) AS f ALL ROWS PER MATCH PATTERN (A B+) DEFINE A AS TRUE) WHERE p = 'x' ORDER BY id;
> 1 | NULL | NULL | 1
> 2 | 2 | 2 | 1
> 3 | 3 | 3 | 1
> 4 | NULL | NULL | 1
> 5 | 1 | 1 | 1
SELECT id, b, r, f FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES SUM(v) AS b, RUNNING SUM(U.v) AS r, FINAL SUM(U.v) AS f ALL ROWS PER MATCH PATTERN (A B C+) SUBSET U = (A, B) DEFINE A AS TRUE) WHERE p = 'x' ORDER BY id;
> 1 | 1 | 1 | 3
> 2 | 3 | 3 | 3
> 3 | 6 | 3 | 3
> 4 | 6 | 3 | 3
> 5 | 7 | 3 | 3
SELECT id, a, b, c FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES CLASSIFIER(U) AS a, PREV(CLASSIFIER()) AS b, FINAL FIRST(CLASSIFIER() || id) AS c ALL ROWS PER MATCH PATTERN (A B C B) SUBSET U = (A, C) DEFINE A AS TRUE) WHERE p = 'x' ORDER BY id;
> 1 | A | NULL | A1
> 2 | A | A | A1
> 3 | C | B | A1
> 4 | C | C | A1
# Conditions look at what there is of the match; the row at hand is of the variable already.
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES LISTAGG(id, '') AS l, SUM(A.v) AS s PATTERN (A+) DEFINE A AS SUM(A.v) <= 6) ORDER BY p, l;
> x | 1234 | 6
> x | 5 | 1
> y | 1 | 5
> y | 2 | 4
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES LISTAGG(CLASSIFIER(), '') AS l PATTERN (A+ B+) DEFINE B AS B.v > AVG(A.v) AND COUNT(B.*) <= 2 AND B.id - FIRST(A.id) > 1) ORDER BY p, l;
> x | AAB
> NULL | AAB
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES LISTAGG(CLASSIFIER(), '') AS l PATTERN ((A | B)+) DEFINE A AS NEXT(v) > v, B AS CLASSIFIER() = 'B' AND LAST(CLASSIFIER(), 1) = 'A' AND MATCH_NUMBER() = 1) ORDER BY p, l;
> x | AAB
> NULL | AAB
# Every aggregate that goes over rows in order.
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY p, id MEASURES COUNT(v) AS a, COUNT(DISTINCT v) AS b, SUM(v) AS c, AVG(v) AS d, MIN(v) AS e, MAX(v) AS f, MIN(s) AS g, SUM(DISTINCT v) AS h, MEDIAN(v) AS i, ARRAY_AGG(v) AS j, STDDEV_POP(v) AS k, COUNT(*) FILTER (WHERE s = 'a') AS l, SUM(A.v) FILTER (WHERE A.s = 'b') AS m, COUNT(B.*) FILTER (WHERE TRUE) AS n, BOOL_AND(v > 0) AS o, ANY_VALUE(p) AS q PATTERN (A+) SUBSET B = (A) DEFINE A AS TRUE);
> 9 | 8 | 40 | 4.444444444444445 | 1 | 9 | a | 39 | 4.0 | [1,2,3,null,1,5,4,7,8,9] | 2.8327886186626583 | 6 | 20 | 10 | true | x
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY p, id MEASURES SUM(v + 1) * 2 AS a, SUM(CAST(v AS DOUBLE)) AS b, SUM(CAST(v AS DECIMAL(10, 2))) AS c, COUNT(1) AS d, CASE WHEN COUNT(B.*) > 0 THEN 1 / COUNT(B.*) ELSE 0 END AS e, COALESCE(B.v, -1) AS f, UPPER(A.s) || '!' AS g, A.v IS NULL AS h PATTERN (A+ B*?) DEFINE A AS TRUE);
> 98 | 40.0 | 40.00 | 10 | 0 | -1 | A! | false
# ORDER BY either way, NULLS, and of something computed; without one, rows stay as they came.
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY v DESC, p NULLS FIRST MEASURES LISTAGG(COALESCE(v, -1), ' ') AS l PATTERN (A+) DEFINE A AS TRUE);
> -1 9 8 7 5 4 3 2 1 1
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY v NULLS FIRST, id DESC MEASURES LISTAGG(COALESCE(v, -1), ' ') AS l PATTERN (A+) DEFINE A AS TRUE);
> -1 1 1 2 3 4 5 7 8 9
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY -id, s || p DESC NULLS LAST MEASURES LISTAGG(id, ' ') AS l PATTERN (A+) DEFINE A AS TRUE);
> 5 4 3 3 2 2 2 1 1 1
SELECT * FROM (SELECT id, _index FROM t WHERE p = 'x') MATCH_RECOGNIZE (ORDER BY _index MEASURES LISTAGG(id, '') AS l PATTERN (A+) DEFINE A AS TRUE);
> 12345
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY _index DESC MEASURES LISTAGG(id, '') AS l, LAST(_index) AS i PATTERN (A+) DEFINE A AS _index > 2);
> 3212154 | 3
# WITHIN: rows are not further from the first one.
CREATE TABLE e (id INTEGER, at TIMESTAMP(3), what TEXT);
INSERT INTO e VALUES (1, TIMESTAMP '2024-01-01 10:00:00', 'in'), (2, TIMESTAMP '2024-01-01 10:00:30', 'try'), (3, TIMESTAMP '2024-01-01 10:01:00', 'try'), (4, TIMESTAMP '2024-01-01 10:01:00.001', 'try'), (5, TIMESTAMP '2024-01-01 11:00:00', 'in'), (6, NULL, 'try');
SELECT * FROM e MATCH_RECOGNIZE (ORDER BY at MEASURES A.id AS a, LISTAGG(B.id, ',') AS b PATTERN (A B+) WITHIN INTERVAL '1' MINUTE DEFINE A AS what = 'in', B AS what = 'try');
> 1 | 2,3
SELECT * FROM e MATCH_RECOGNIZE (ORDER BY at DESC MEASURES A.id AS a, LISTAGG(B.id, ',') AS b PATTERN (A B*) WITHIN INTERVAL '30' SECOND DEFINE A AS at IS NOT NULL);
> 5 | NULL
> 4 | 3
> 2 | 1
SELECT * FROM e MATCH_RECOGNIZE (ORDER BY at MEASURES CAST(LAST(at) - FIRST(at) AS VARCHAR) AS d, LAST(at) - FIRST(at) > INTERVAL '1' MINUTE AS o, EXTRACT(HOUR FROM LAST(at)) AS h, MAX(at) AS x PATTERN (A{2}) DEFINE A AS TRUE);
> 00:00:30 | false | 10 | 2024-01-01 10:00:30
> 00:00:00.001 | false | 10 | 2024-01-01 10:01:00.001
> NULL | NULL | NULL | 2024-01-01 11:00:00
# It is a table like others: of views, of WITH, of joins, of another one.
CREATE VIEW falls AS SELECT * FROM ticker MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY day MEASURES FIRST(DOWN.day) AS first_day, COUNT(*) AS days PATTERN (DOWN+) DEFINE DOWN AS price < PREV(price));
SELECT * FROM falls ORDER BY first_day;
> ACME | 2011-04-06 | 1
> ACME | 2011-04-11 | 2
> ACME | 2011-04-15 | 2
> ACME | 2011-04-19 | 2
SELECT f.first_day, t.price FROM falls AS f JOIN ticker AS t ON t.symbol = f.symbol AND t.day = f.first_day WHERE f.days > 1 ORDER BY 1;
> 2011-04-11 | 19
> 2011-04-15 | 14
> 2011-04-19 | 23
WITH w AS (SELECT id, v * 10 AS v FROM t WHERE p = 'x'), m AS (SELECT * FROM w MATCH_RECOGNIZE (ORDER BY id MEASURES FIRST(id) AS f, SUM(v) AS s PATTERN (A B) DEFINE B AS v > PREV(v))) SELECT a.f, a.s, b.s FROM m AS a LEFT JOIN m AS b ON b.f = a.f + 2;
> 1 | 30 | NULL
SELECT m.f, n.id FROM t AS n JOIN t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f PATTERN (A B) DEFINE A AS TRUE) AS m ON m.f = n.id AND m.p = n.p ORDER BY m.p, 1;
> 1 | 1
> 3 | 3
> 1 | 1
SELECT * FROM (SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES COUNT(*) AS n PATTERN (A+ B) DEFINE A AS s = 'a')) MATCH_RECOGNIZE (ORDER BY p MEASURES LISTAGG(n, ',') AS l PATTERN (A+) DEFINE A AS TRUE);
> 3,2,2
SELECT p, COUNT(*), SUM(n) FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES COUNT(*) AS n PATTERN (A B?) DEFINE A AS TRUE) GROUP BY p ORDER BY p;
> x | 3 | 5
> y | 1 | 2
> NULL | 2 | 3
SELECT (SELECT MAX(n) FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES COUNT(*) AS n PATTERN (A+) DEFINE A AS s = 'a')) AS x;
> 3
SELECT id FROM t WHERE p = 'x' AND id IN (SELECT f FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f PATTERN (A B) DEFINE B AS s = 'b')) ORDER BY id;
> 1
> 2
SELECT x.n, m.f FROM (VALUES (1), (3)) AS x(n), LATERAL (SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f PATTERN (A B) DEFINE A AS A.v = x.n, B AS v > PREV(v) OR v IS NULL) WHERE p = 'x') AS m ORDER BY 1;
> 1 | 1
> 3 | 3
SELECT f FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f PATTERN (A B) DEFINE B AS s = 'b') WHERE p IS NULL UNION ALL SELECT 0 ORDER BY 1;
> 0
> 1
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES FIRST(id) AS f PATTERN (A B) DEFINE A AS FALSE);
> (none)
SELECT * FROM (SELECT * FROM t WHERE FALSE) MATCH_RECOGNIZE (ORDER BY id MEASURES COUNT(*) AS n PATTERN (A*) DEFINE A AS TRUE);
> (none)
INSERT INTO t SELECT 'new', f, 0, 'z' FROM t MATCH_RECOGNIZE (ORDER BY p, id MEASURES FIRST(id) AS f PATTERN (^ A) DEFINE A AS TRUE);
SELECT * FROM t WHERE p = 'new';
> new | 1 | 0 | z
DELETE FROM t WHERE p = 'new';
# Of other versions.
COMMIT VERSION MESSAGE 'rows';
DELETE FROM t WHERE id > 2;
SELECT p, n FROM t AS OF COMMIT 'main' MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES COUNT(*) AS n PATTERN (A+) DEFINE A AS TRUE) ORDER BY p;
> x | 5
> y | 2
> NULL | 3
SELECT p, n FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES COUNT(*) AS n PATTERN (A+) DEFINE A AS TRUE) ORDER BY p;
> x | 2
> y | 2
> NULL | 2
SELECT p, n FROM t AS OF COMMIT 'main' AS x MATCH_RECOGNIZE (PARTITION BY x.p ORDER BY x.id MEASURES COUNT(x.v) AS n PATTERN (A+) DEFINE A AS x.v IS NULL OR A.v > 0) ORDER BY p;
> x | 4
> y | 2
> NULL | 3
# Every type goes through.
CREATE TABLE k (id INTEGER, d DECIMAL(10, 2), t TIME, ts TIMESTAMP, u UUID, b VARBINARY, l CLASS_LABEL('cat', 'dog'), e TENSOR(FLOAT32, 2), f BOOLEAN, r REAL);
INSERT INTO k VALUES (1, 1.50, TIME '10:00:00.5', TIMESTAMP '2024-02-29 01:02:03.123456', '00000000-0000-0000-0000-000000000001', X'CAFE', 'dog', ARRAY[1, 2], TRUE, 0.5), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (3, 2.25, TIME '11:00:00', TIMESTAMP '2024-03-01 00:00:00', '00000000-0000-0000-0000-000000000003', X'00', 'cat', ARRAY[3, 4], FALSE, 1.5);
SELECT * FROM k MATCH_RECOGNIZE (ORDER BY id MEASURES FIRST(d) AS d1, LAST(d) + 1 AS d2, FIRST(t) AS t1, LAST(ts) - INTERVAL '1' DAY AS s1, MIN(u) AS u1, FIRST(b) AS b1, LAST(l) AS l1, FIRST(e) AS e1, MAX(r) AS r1, L2_DISTANCE(FIRST(e), LAST(e)) AS z, FIRST(f) AND LAST(f) AS f1 PATTERN (A+) DEFINE A AS TRUE);
> 1.50 | 3.25 | 10:00:00.5 | 2024-02-29 00:00:00 | 00000000-0000-0000-0000-000000000001 | cafe | cat | [1.0, 2.0] | 1.5 | 2.8284271247461903 | false
SELECT * FROM k MATCH_RECOGNIZE (ORDER BY id MEASURES CLASSIFIER() AS c ALL ROWS PER MATCH PATTERN (A B C) DEFINE A AS l = 'dog' AND f, B AS l IS NULL, C AS ELEMENT_AT(e, 1) > ELEMENT_AT(FIRST(e), 1)) ORDER BY id;
> 1 | A | 1.50 | 10:00:00.5 | 2024-02-29 01:02:03.123456 | 00000000-0000-0000-0000-000000000001 | cafe | dog | [1.0, 2.0] | true | 0.5
> 2 | B | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
> 3 | C | 2.25 | 11:00:00 | 2024-03-01 00:00:00 | 00000000-0000-0000-0000-000000000003 | 00 | cat | [3.0, 4.0] | false | 1.5
# What cannot be said.
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id PATTERN (A) DEFINE A AS TRUE);
! 42601 MATCH_RECOGNIZE shows no column; add MEASURES, PARTITION BY or ALL ROWS PER MATCH
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p PATTERN (A+) DEFINE A AS TRUE) ORDER BY p;
> x
> y
> NULL
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES id AS x PATTERN (A B) DEFINE C AS TRUE);
! 42704 C is not a variable of PATTERN; did you mean A or B?
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES id AS x PATTERN (STRT) DEFINE STRTT AS TRUE);
! 42704 STRTT is not a variable of PATTERN; did you mean STRT?
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES id AS x PATTERN (A) DEFINE A AS TRUE, a AS FALSE);
! 42710 DEFINE has two conditions of a; join them by AND
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES id AS x PATTERN (A B) SUBSET A = (B) DEFINE A AS TRUE);
! 42710 there are two variables A; rename the SUBSET
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES id AS x PATTERN (A B) SUBSET U = (A, C) DEFINE A AS TRUE);
! 42704 C is not a variable of PATTERN; did you mean A or B?
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES C.id AS x PATTERN (A B) DEFINE A AS TRUE);
! 42P01 Table 'C' not found
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES COUNT(C.*) AS x PATTERN (A B) DEFINE A AS TRUE);
! 42704 C is not a variable of PATTERN or SUBSET; did you mean A or B?
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.nope AS x PATTERN (A B) DEFINE A AS TRUE);
! 42703 Column 'nope' not found in table 't'
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY nope MEASURES A.id AS x PATTERN (A B) DEFINE A AS TRUE);
! 42703 Column 'nope' not found in any table
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY 1 MEASURES A.id AS x PATTERN (A B) DEFINE A AS TRUE);
! 42601 ORDER BY of MATCH_RECOGNIZE takes columns and what is computed of them, found 1
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY id + 1 ORDER BY id MEASURES A.id AS x PATTERN (A B) DEFINE A AS TRUE);
! 0A000 PARTITION BY of MATCH_RECOGNIZE takes columns, found `id` + 1; compute it in a subquery in FROM, and name it there
SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY p ORDER BY id MEASURES A.id AS p PATTERN (A B) DEFINE A AS TRUE);
! 42701 MATCH_RECOGNIZE would show two columns p; rename the measure
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.id AS x, A.v AS X PATTERN (A B) DEFINE A AS TRUE);
! 42701 MATCH_RECOGNIZE would show two columns X; rename the measure
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.id AS s ALL ROWS PER MATCH PATTERN (A B) DEFINE A AS TRUE);
! 42701 MATCH_RECOGNIZE would show two columns s; rename the measure
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES SUM(A.v + B.v) AS x PATTERN (A B) DEFINE A AS TRUE);
! 42601 A.v and B.v are of different variables, and PREV, NEXT, FIRST, LAST or an aggregate is of the rows of one; split it, or define a SUBSET
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES LAST(A.v + v) AS x PATTERN (A B) DEFINE A AS TRUE);
! 42601 A.v and v are of different variables, and PREV, NEXT, FIRST, LAST or an aggregate is of the rows of one; split it, or define a SUBSET
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES FIRST(PREV(A.v)) AS x PATTERN (A B) DEFINE A AS TRUE);
! 42601 PREV within PREV, NEXT, FIRST, LAST or an aggregate; only PREV and NEXT take a FIRST or LAST, and nothing beside it
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES PREV(PREV(A.v)) AS x PATTERN (A B) DEFINE A AS TRUE);
! 42601 PREV within PREV, NEXT, FIRST, LAST or an aggregate; only PREV and NEXT take a FIRST or LAST, and nothing beside it
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES LAST(SUM(A.v)) AS x PATTERN (A B) DEFINE A AS TRUE);
! 42803 an aggregate within PREV, NEXT, FIRST, LAST or an aggregate; take it apart
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES SUM(SUM(A.v)) AS x PATTERN (A B) DEFINE A AS TRUE);
! 42803 an aggregate within PREV, NEXT, FIRST, LAST or an aggregate; take it apart
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES FINAL A.v AS x PATTERN (A B) DEFINE A AS TRUE);
! 42601 FINAL stands before FIRST, LAST and aggregates; found A.v
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN (A B) DEFINE A AS FINAL LAST(B.v) = 1);
! 42601 FINAL in DEFINE, where no match is known yet; leave it out
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN (A B) DEFINE A AS A.v);
! 42804 a condition of DEFINE is INTEGER; expected BOOLEAN
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN (A B) DEFINE A AS A.v = (SELECT 1));
! 0A000 subqueries in DEFINE and MEASURES are not supported; join the subquery to the table in FROM
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v IN (SELECT v FROM t) AS x PATTERN (A B) DEFINE A AS TRUE);
! 0A000 subqueries in DEFINE and MEASURES are not supported; join the subquery to the table in FROM
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES SUM(A.v) OVER () AS x PATTERN (A B) DEFINE A AS TRUE);
! 0A000 functions over windows in DEFINE and MEASURES are not supported; compute them in a subquery in FROM
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES LISTAGG(s, '') WITHIN GROUP (ORDER BY v) AS x PATTERN (A B) DEFINE A AS TRUE);
! 0A000 WITHIN GROUP of an aggregate in MATCH_RECOGNIZE is not supported: it takes rows in the order of the match
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN (A{3,2}) DEFINE A AS TRUE);
! 42601 {3,2} has no number in it
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN (A{1.5}) DEFINE A AS TRUE);
! 42601 a part of a pattern stands there {1.5} times; expected a whole number below 2147483648
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN ((A{1000}){1000}) DEFINE A AS TRUE);
! 54001 PATTERN is 5004001 steps long with its repetitions and permutations written out; at most 65536: use smaller numbers in braces, or * and +, and count in DEFINE
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN (((((A{99999}){99999}){99999}){99999}){99999}) DEFINE A AS TRUE);
! 54001 PATTERN is far too many steps long with its repetitions and permutations written out; at most 65536: use smaller numbers in braces, or * and +, and count in DEFINE
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN (PERMUTE(A, B, C, D, E, F, G, H, I, J)) DEFINE A AS TRUE);
! 54001 PATTERN is 43545601 steps long with its repetitions and permutations written out; at most 65536: use smaller numbers in braces, or * and +, and count in DEFINE
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x ALL ROWS PER MATCH WITH UNMATCHED ROWS PATTERN (A {- B -}) DEFINE A AS TRUE);
! 42601 WITH UNMATCHED ROWS shows all rows, and {- -} in PATTERN hides some; leave one of them out
SELECT * FROM t MATCH_RECOGNIZE (MEASURES A.v AS x PATTERN (A B) WITHIN INTERVAL '1' DAY DEFINE A AS TRUE);
! 42601 WITHIN without ORDER BY, which says what is near; add one
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN (A B) WITHIN INTERVAL '1' DAY DEFINE A AS TRUE);
! 42804 Cannot apply '+' to arguments of type '<INTEGER> + <INTERVAL DAY>'; expected '<NUMERIC> + <NUMERIC>' or '<DATETIME_INTERVAL> + <DATETIME_INTERVAL>' or '<DATETIME> + <DATETIME_INTERVAL>' or '<DATETIME_INTERVAL> + <DATETIME>'
SELECT * FROM k MATCH_RECOGNIZE (ORDER BY e MEASURES A.id AS x PATTERN (A B) DEFINE A AS TRUE);
! 42883 ORDER BY a value of type TENSOR(FLOAT32, 2): tensors have no order; take a TENSOR_MEAN or a distance of it
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES 1 / (A.v - A.v) AS x PATTERN (A) DEFINE A AS TRUE);
! 22012 division by zero
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES A.v AS x PATTERN (A) DEFINE A AS 1 / (v - v) = 1);
! 22012 division by zero
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES PREV(A.v, -1) AS x PATTERN (A) DEFINE A AS TRUE);
! 22023 PREV goes on by -1 rows; expected a whole number
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES PREV(A.v, 1.5) AS x PATTERN (A) DEFINE A AS TRUE);
! 22023 PREV goes on by 1.5 rows; expected a whole number
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES NEXT(A.v, 2147483647) AS x, FIRST(A.v, 2147483647) AS y PATTERN (A) DEFINE A AS TRUE) LIMIT 1;
> NULL | NULL
SELECT PREV(v) FROM t;
! 42000 Function 'PREV(`t`.`v`, 1)' can only be used in MATCH_RECOGNIZE
SELECT CLASSIFIER() FROM t;
! 42000 Function 'CLASSIFIER()' can only be used in MATCH_RECOGNIZE
# Words of the clause are names elsewhere.
CREATE TABLE words (unmatched INTEGER, running INTEGER, pattern INTEGER, "prev" INTEGER);
INSERT INTO words VALUES (1, 2, 3, 4);
SELECT unmatched, running, pattern FROM words;
> 1 | 2 | 3
SELECT * FROM words MATCH_RECOGNIZE (MEASURES unmatched AS a, RUNNING SUM(running) AS b, A.pattern AS c PATTERN (A) DEFINE A AS running = 2);
> 1 | 2 | 3
# Ways through a pattern are bounded; there is no bound where none of them is gone twice.
CREATE TABLE many AS SELECT n AS id, 1 AS v FROM GENERATE_SERIES(1, 60) AS x(n);
SELECT COUNT(*) FROM many MATCH_RECOGNIZE (ORDER BY id MEASURES COUNT(*) AS n PATTERN ((A | A)+ B) DEFINE A AS LAST(v, 1) IS NULL OR v > 0, B AS v < 0);
! 54001 MATCH_RECOGNIZE tried 50006000 steps for a match that begins at row 1 of its partition; let fewer ways through PATTERN take the same rows, ask less of other rows in DEFINE, or PARTITION BY more
SELECT COUNT(*) FROM many MATCH_RECOGNIZE (ORDER BY id MEASURES COUNT(*) AS n PATTERN ((A | A)+ B) DEFINE A AS v > 0, B AS v < 0);
> 0
SELECT n, c, l FROM many MATCH_RECOGNIZE (ORDER BY id MEASURES COUNT(*) AS n, COUNT(DISTINCT CLASSIFIER()) AS c, LAST(id) AS l PATTERN (((A | B)*)* (C{2} $)?) DEFINE A AS MOD(id, 20) = 0, B AS MOD(id, 30) > 0 AND id < 50);
> 29 | 2 | 29
> 0 | 0 | NULL
> 19 | 2 | 49
> 0 | 0 | NULL
> 0 | 0 | NULL
> 0 | 0 | NULL
> 0 | 0 | NULL
> 0 | 0 | NULL
> 0 | 0 | NULL
> 0 | 0 | NULL
> 0 | 0 | NULL
> 0 | 0 | NULL
> 2 | 1 | 60
# Lists, of values and of rows.
SELECT * FROM many MATCH_RECOGNIZE (ORDER BY id MEASURES LISTAGG(id, ',') AS l PATTERN (A+ B) DEFINE A AS id IN (3, 4, 5) AND id NOT IN (4, 7), B AS (id, v) IN ((4, 1), (6, 1)) AND id > ALL (1, 2, 3) AND SUM(CASE WHEN id IN (5, 6) THEN 1 ELSE 0 END) = ANY (0, 2));
> 3,4
> 5,6
# Behind whatever gives rows, and a name of it.
CREATE TABLE few(id INTEGER, x INTEGER);
INSERT INTO few VALUES (1, 10), (2, 20), (3, 30);
SELECT * FROM few f MATCH_RECOGNIZE (ORDER BY id MEASURES LAST(A.x) AS m PATTERN (A+) DEFINE A AS A.x > 10);
> 30
SELECT r.k FROM few MATCH_RECOGNIZE (ORDER BY id MEASURES LAST(A.x) AS m PATTERN (A+) DEFINE A AS A.x > 10) AS r(k);
> 30
SELECT * FROM few AS f(p, q) MATCH_RECOGNIZE (ORDER BY p MEASURES LAST(A.q) AS m PATTERN (A+) DEFINE A AS A.q > 10) r;
> 30
SELECT * FROM few AS f TABLESAMPLE BERNOULLI (100) MATCH_RECOGNIZE (ORDER BY id MEASURES SUM(A.x) AS m PATTERN (A+) DEFINE A AS TRUE);
> 60
SELECT * FROM UNNEST(ARRAY[1, 2, 3]) WITH ORDINALITY AS u(v, o) MATCH_RECOGNIZE (ORDER BY o MEASURES SUM(A.v) AS s PATTERN (A A) DEFINE A AS TRUE) AS r(k);
> 3
SELECT r.m FROM (few a JOIN few b USING (id)) AS j MATCH_RECOGNIZE (ORDER BY id MEASURES SUM(A.id) AS m PATTERN (^ A+ $) DEFINE A AS TRUE) AS r;
> 6
SELECT * FROM (SELECT a.id AS q, b.x FROM few a JOIN few b USING (id)) AS j MATCH_RECOGNIZE (ORDER BY q MEASURES LAST(A.x) AS m PATTERN (A+) DEFINE A AS TRUE);
> 30
SELECT * FROM (VALUES (1, 2), (3, 4)) AS v(q, w) MATCH_RECOGNIZE (ORDER BY q MEASURES SUM(A.w) AS s PATTERN (A+) DEFINE A AS TRUE);
> 6
SELECT few.id, r.m FROM few JOIN few y MATCH_RECOGNIZE (ORDER BY id MEASURES LAST(A.x) AS m PATTERN (A+) DEFINE A AS A.x < 30) AS r ON r.m > few.x;
> 1 | 20
