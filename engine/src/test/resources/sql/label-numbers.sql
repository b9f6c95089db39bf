# Labels of two columns are compared by their names, their numbers as numbers.
CREATE TABLE pets(id INTEGER, l CLASS_LABEL('cat', 'dog'));
INSERT INTO pets VALUES (1, 'dog'), (2, 'cat'), (3, NULL);
= 3
CREATE TABLE farm(id INTEGER, l CLASS_LABEL('dog', 'cat', 'cow'));
INSERT INTO farm VALUES (1, 'dog'), (2, 'cow');
= 2
SELECT p.id, f.id FROM pets p JOIN farm f ON p.l = f.l;
> 1 | 1
SELECT p.id, f.id FROM pets p JOIN farm f ON LABEL_ID(p.l) = LABEL_ID(f.l);
> 2 | 1
SELECT p.id FROM pets p WHERE p.l < (SELECT max(l) FROM farm WHERE l <> 'dog');
> 2
SELECT l FROM pets INTERSECT SELECT l FROM farm;
> dog
SELECT l FROM pets UNION SELECT l FROM farm ORDER BY l;
> cat
> cow
> dog
> NULL
SELECT f.l FROM farm f WHERE f.l NOT IN (SELECT l FROM pets WHERE l IS NOT NULL);
> cow
SELECT l, n FROM (SELECT l, LABEL_ID(l) AS n FROM farm) q ORDER BY n;
> dog | 0
> cow | 2
# Out of a query, by the labels of the column that they come from.
SELECT LABEL_ID(l), l FROM (SELECT l FROM farm) q ORDER BY LABEL_ID(q.l);
> 0 | dog
> 2 | cow
WITH q AS (SELECT id, l AS m FROM pets) SELECT LABEL_ID(m), COUNT(*) FROM q GROUP BY m ORDER BY 1;
> 0 | 1
> 1 | 1
> NULL | 1
CREATE VIEW named AS SELECT id, l AS m FROM pets;
CREATE VIEW numbers AS SELECT LABEL_ID(m) AS n FROM named;
SELECT named.id, LABEL_ID(named.m), LABEL_ID(f.l) FROM named JOIN farm f ON LABEL_ID(named.m) = LABEL_ID(f.l);
> 2 | 0 | 0
SELECT n FROM numbers ORDER BY n;
> 0
> 1
> NULL
SELECT LABEL_ID(l) FROM (SELECT l FROM pets UNION ALL SELECT l FROM pets) q ORDER BY 1 LIMIT 3;
> 0
> 0
> 1
SELECT id, (SELECT MAX(LABEL_ID(s.l)) FROM farm f WHERE f.id = s.id), (SELECT LABEL_ID(l) FROM (SELECT l FROM farm WHERE id = 2) g) FROM (SELECT * FROM pets) s ORDER BY 1;
> 1 | 1 | 2
> 2 | 0 | 2
> 3 | NULL | 2
SELECT LABEL_ID(b) FROM pets x(a, b) ORDER BY 1;
> 0
> 1
> NULL
SELECT LABEL_ID(l) FROM (SELECT l FROM pets UNION SELECT l FROM farm) q;
! 42883 LABEL_ID(l): expected class labels as they are in one column of a table
SELECT LABEL_ID(m) FROM (SELECT MAX(l) AS m FROM pets) q;
! 42883 these are computed
SELECT LABEL_ID(id) FROM farm;
! 42883 LABEL_ID(id): expected a column of class labels
SELECT LABEL_ID(id) FROM (SELECT id FROM farm) q;
! 42883 expected a column of class labels
SELECT LABEL_ID(nothing_such) FROM farm;
! 42703
DROP VIEW numbers;
DROP VIEW named;
DROP TABLE pets;
DROP TABLE farm;
