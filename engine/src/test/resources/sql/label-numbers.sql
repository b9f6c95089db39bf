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
SELECT LABEL_ID(l) FROM (SELECT l FROM farm) q;
! 42883 LABEL_ID(l): expected a column of class labels of a table
SELECT LABEL_ID(id) FROM farm;
! 42883
DROP TABLE pets;
DROP TABLE farm;
