# New names for the columns of a table count those that * shows, not the hidden ones.
CREATE TABLE e(a INTEGER, b INTEGER, l CLASS_LABEL('u', 'v'));
INSERT INTO e VALUES (0, 1, 'u'), (5, 2, 'v');
SELECT x.p, x.r FROM e AS x(p, q, r);
> 0 | u
> 5 | v
SELECT * FROM e x(p, q, r) WHERE p = 5;
> 5 | 2 | v
SELECT * FROM e AS x(a, b, c) NATURAL JOIN e AS y(a, d, f);
> 0 | 1 | u | 1 | u
> 5 | 2 | v | 2 | v
SELECT * FROM e AS OF BRANCH 'main' AS x(p, q, r) WHERE q = 1;
> 0 | 1 | u
SELECT x.p, (SELECT COUNT(*) FROM e AS y(p, q, r) WHERE y.p < x.p) FROM e AS x(p, q, r);
> 0 | 0
> 5 | 1
SELECT * FROM e AS x(p, q);
! 42P10 table has 3 columns ('a', 'b', 'l')
SELECT * FROM e AS x(p, q, r, s);
! 42P10 alias list has 4
