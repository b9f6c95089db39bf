# SET (a, b) = …: a row of values, or of a query, whose rows are none or one.
CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER DEFAULT 7, b TEXT, c INTEGER);
CREATE TABLE u(id INTEGER, x INTEGER, y TEXT);
INSERT INTO t VALUES (1, 10, 'p', 0), (2, 20, 'q', 0), (3, 30, 'r', 0);
INSERT INTO u VALUES (1, 100, 'one'), (2, 200, 'two'), (2, 201, 'two again');
UPDATE t SET (a, b) = (a + 1, b || '!'), c = 5 WHERE id = 1;
= 1
UPDATE t SET (a, b) = ROW(DEFAULT, 'd') WHERE id = 2;
= 1
UPDATE t AS s SET (c, a) = (s.a, s.c), b = NULL WHERE s.id = 3;
= 1
SELECT * FROM t;
> 1 | 11 | p! | 5
> 2 | 7 | d | 0
> 3 | 0 | NULL | 30
UPDATE t SET (a, b) = (SELECT x, y FROM u WHERE u.id = t.id AND u.x < 200) WHERE id <> 2;
= 2
SELECT * FROM t;
> 1 | 100 | one | 5
> 2 | 7 | d | 0
> 3 | NULL | NULL | 30
UPDATE t SET (a, b) = (SELECT x, y FROM u WHERE u.id = t.id);
! 21000
UPDATE t SET (a, b) = (SELECT MAX(x), MIN(y) FROM u WHERE u.id = t.id), c = (SELECT COUNT(*) FROM u);
= 3
UPDATE t SET (b, c) = (SELECT y, x FROM u WHERE u.id = t.id ORDER BY x DESC LIMIT 1) WHERE id = 2 RETURNING *;
> 2 | 201 | two again | 201
UPDATE t SET (a, c) = (VALUES (1, 2)), b = 'v' WHERE id = 3 RETURNING a, b, c;
> 1 | v | 2
UPDATE t SET (a, b) = (SELECT u.x + v.n, y FROM u JOIN (VALUES (1)) AS v(n) ON u.x > v.n WHERE u.id = t.id AND u.x < 201), c = 0 FROM u AS o WHERE o.id = t.id AND o.x < 201 RETURNING t.id, t.a, t.b;
> 1 | 101 | one
> 2 | 201 | two
SELECT * FROM t;
> 1 | 101 | one | 0
> 2 | 201 | two | 0
> 3 | 1 | v | 2
# In MERGE INTO and ON CONFLICT as well.
MERGE INTO t USING u ON t.id = u.id AND u.x <> 200
  WHEN MATCHED THEN UPDATE SET (a, b) = (u.x, u.y), (c) = (SELECT MAX(x) FROM u AS o WHERE o.id = t.id)
  WHEN NOT MATCHED THEN DO NOTHING;
= 2
INSERT INTO t VALUES (3, 3, 'three', 3), (4, 4, 'four', 4) ON CONFLICT (id) DO UPDATE SET (a, b) = (EXCLUDED.a, t.b || EXCLUDED.b), c = DEFAULT;
= 2
INSERT INTO t (id) VALUES (4) ON CONFLICT (id) DO UPDATE SET (a, b) = (SELECT x, y FROM u WHERE u.id = t.id - 3 AND u.x < 200) RETURNING *;
> 4 | 100 | one | 4
SELECT * FROM t;
> 1 | 100 | one | 100
> 2 | 201 | two again | 201
> 3 | 3 | vthree | NULL
> 4 | 100 | one | 4
EXPLAIN UPDATE t SET (a, b) = (SELECT x, y FROM u WHERE u.id = t.id), c = DEFAULT;
# What is refused, and where.
UPDATE t SET (a, b) = (1, 2, 3);
! 42601 3 values for 2 columns
UPDATE t SET (a, b) = 1;
! 42601
UPDATE t SET (a, b) = (SELECT x FROM u);
! 42601
UPDATE t SET (a, a) = (1, 2);
! 42701 set twice
UPDATE t SET (a, b) = (1, 'x'), b = 'y';
! 42701 set twice
UPDATE t SET (a, weight) = (1, 'x');
! 42703 weight
UPDATE t SET (a, b) = (SELECT x, y FROM u ORDER BY RANDOM() LIMIT 1);
! 0A000 random
UPDATE t SET (a, b) = ('x', 'y');
! INVALID_VALUE
