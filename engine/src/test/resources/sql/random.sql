# Functions that give another value at each call: two calls in a row give two, each row has its own.
CREATE TABLE e(a INTEGER);
INSERT INTO e VALUES (1), (2), (3), (4);
SELECT GEN_RANDOM_UUID() = GEN_RANDOM_UUID(), RANDOM() = RANDOM(), RAND() = RAND(), RANDOM_UUID() = RANDOM_UUID();
> false | false | false | false
SELECT COUNT(DISTINCT u), COUNT(DISTINCT r), MIN(r) >= 0, MAX(r) < 1 FROM (SELECT GEN_RANDOM_UUID() AS u, RANDOM() AS r FROM e);
> 4 | 4 | true | true
SELECT DISTINCT LENGTH(GEN_RANDOM_UUID()) FROM e;
> 36
# One call that is referred to twice is one value.
SELECT DISTINCT u = u, r + 1 = r + 1 FROM (SELECT GEN_RANDOM_UUID() AS u, RANDOM() AS r FROM e);
> true | true
SELECT COUNT(*) FROM (SELECT RANDOM() AS r FROM e) WHERE r < 0.5 AND r >= 0.5;
> 0
SELECT COUNT(*) FROM (SELECT a FROM e WHERE RANDOM() >= 0 ORDER BY RANDOM() LIMIT 3);
> 3
CREATE TABLE ids(id TEXT DEFAULT GEN_RANDOM_UUID() PRIMARY KEY, n INTEGER, r DOUBLE DEFAULT RANDOM());
INSERT INTO ids(id, n) VALUES (GEN_RANDOM_UUID(), 1), (GEN_RANDOM_UUID(), 2);
= 2
INSERT INTO ids(n) VALUES (1), (2), (3);
= 3
SELECT COUNT(DISTINCT id), COUNT(DISTINCT r) FROM ids;
> 5 | 5
UPDATE ids SET id = GEN_RANDOM_UUID();
= 5
INSERT INTO ids(n) SELECT v FROM GENERATE_SERIES(1, 4) AS s(v);
= 4
SELECT COUNT(DISTINCT id), COUNT(DISTINCT r) FROM ids;
> 9 | 9
# What computes a default once does not take one that is another value in each row.
ALTER TABLE ids ADD COLUMN u TEXT DEFAULT GEN_RANDOM_UUID();
! 0A000 the default of column u is another value in each row
COPY ids(id) FROM 'people.jsonl';
! INVALID_VALUE its default is another one in each row
SELECT COUNT(*) FROM ids;
> 9
