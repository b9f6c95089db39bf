CREATE TABLE p(id INTEGER PRIMARY KEY, name VARCHAR UNIQUE);
INSERT INTO p VALUES (1, 'a'), (2, 'b');
INSERT INTO p VALUES (3, NULL), (4, NULL);
= 2
INSERT INTO p VALUES (2, 'c');
! NOT_UNIQUE PRIMARY KEY (id) of p: 2 is there already
INSERT INTO p VALUES (5, 'b');
! NOT_UNIQUE UNIQUE (name) of p: 'b' is there already
INSERT INTO p VALUES (6, 'x'), (6, 'y');
! NOT_UNIQUE 6
INSERT INTO p(name) VALUES ('z');
! NOT_NULL id
UPDATE p SET id = id + 1;
= 4
UPDATE p SET id = 3 WHERE id = 2;
! NOT_UNIQUE 3
UPDATE p SET name = 'new' WHERE id = 2;
SELECT id, name FROM p;
> 2 | new
> 3 | b
> 4 | NULL
> 5 | NULL
DELETE FROM p WHERE id = 2;
INSERT INTO p VALUES (2, 'again');
CREATE TABLE q(a INTEGER, b TEXT, c INTEGER, PRIMARY KEY (a, b));
INSERT INTO q VALUES (1, 'x', 1), (1, 'y', 1);
INSERT INTO q VALUES (1, 'x', 2);
! NOT_UNIQUE (a, b) of q: 1, 'x'
UPDATE q SET b = 'x' WHERE b = 'y';
! NOT_UNIQUE
UPDATE q SET b = 'z' WHERE b = 'y';
= 1
# Keys outlive renaming, and go with a dropped column.
ALTER TABLE q RENAME COLUMN a TO aa;
INSERT INTO q VALUES (1, 'x', 2);
! NOT_UNIQUE (aa, b)
CREATE TABLE bad(e EMBEDDING(2) PRIMARY KEY);
! 42P16 e
# MERGE INTO may set keys: they are looked at when it ends.
CREATE TABLE m(id INTEGER PRIMARY KEY, x TEXT);
INSERT INTO m VALUES (1, 'a'), (2, 'b'), (3, 'c');
MERGE INTO m USING (VALUES (1, 2), (2, 1), (9, 1)) AS s(k, n) ON m.id = s.k WHEN MATCHED THEN UPDATE SET id = s.n WHEN NOT MATCHED THEN INSERT VALUES (s.k, 'new');
= 3
SELECT id, x FROM m ORDER BY id;
> 1 | b
> 2 | a
> 3 | c
> 9 | new
MERGE INTO m USING (VALUES (1, 5), (2, 6), (7, 5)) AS s(k, n) ON m.id = s.k WHEN MATCHED THEN UPDATE SET id = s.n WHEN NOT MATCHED THEN INSERT VALUES (s.n, 'new');
! NOT_UNIQUE PRIMARY KEY (id) of m: 5
MERGE INTO m USING (VALUES (1, 3)) AS s(k, n) ON m.id = s.k WHEN MATCHED THEN UPDATE SET id = s.n;
! NOT_UNIQUE 3 is there already
MERGE INTO m USING (VALUES (1, 4), (8, 1)) AS s(k, n) ON m.id = s.k WHEN MATCHED THEN UPDATE SET id = s.n WHEN NOT MATCHED THEN INSERT VALUES (s.n, 'took it');
= 2
SELECT id, x FROM m ORDER BY id;
> 1 | took it
> 2 | a
> 3 | c
> 4 | b
> 9 | new
