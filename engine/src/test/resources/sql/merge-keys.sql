# A row that both sides made under one primary key is one row.
CREATE TABLE t(id BIGINT, kind CLASS_LABEL('cat', 'dog'), name TEXT, PRIMARY KEY (id, kind));
INSERT INTO t VALUES (1, 'cat', 'a');
COMMIT VERSION MESSAGE 'base';
CREATE BRANCH side;
INSERT INTO t VALUES (2, 'cat', 'b'), (3, 'dog', 'c'), (5, 'cat', 'e');
COMMIT VERSION MESSAGE 'ours';
INSERT INTO side.t VALUES (3, 'cat', 'not c'), (3, 'dog', 'c'), (2, 'cat', 'b'), (6, 'cat', 'f');
CALL versor.commit_version('theirs', 'side');
# Equal rows are no conflict and come once; only new keys come.
MERGE BRANCH side DRY RUN;
> t | NULL | NULL | NULL | 2 | 0 | 0 | 0
> t | id | NULL | NULL | 2 | 0 | 0 | 0
> t | kind | NULL | NULL | 2 | 0 | 0 | 0
> t | name | NULL | NULL | 2 | 0 | 0 | 0
MERGE BRANCH side;
SELECT * FROM t;
> 1 | cat | a
> 2 | cat | b
> 3 | dog | c
> 5 | cat | e
> 3 | cat | not c
> 6 | cat | f
# The other way round the two branches come to the same rows.
CALL versor.merge_branch('main', 'side');
SELECT count(*) FROM (SELECT * FROM t EXCEPT SELECT * FROM side.t);
> 0
SELECT count(*) FROM side.t;
> 6
# Other values under one key: a conflict for the two rows, decided as a whole merge is.
INSERT INTO t VALUES (7, 'cat', 'ours'), (8, 'cat', 'same');
COMMIT VERSION MESSAGE 'ours';
ALTER TABLE side.t ADD COLUMN more INT;
INSERT INTO side.t VALUES (8, 'cat', 'same', 80), (7, 'cat', 'theirs', 70);
CALL versor.commit_version('theirs', 'side');
MERGE BRANCH side;
! MERGE_CONFLICT column name: both sides made a row of this key, with other values
MERGE BRANCH side USING CONFLICTS;
! MERGE_CONFLICT both sides made a row of this key
SELECT count(*) FROM t;
> 8
CREATE BRANCH copy;
MERGE BRANCH side USING OURS;
SELECT * FROM t WHERE id > 6 ORDER BY id;
> 7 | cat | ours | 70
> 8 | cat | same | 80
CALL versor.merge_branch('side', 'copy', strategy => 'THEIRS');
SELECT * FROM copy.t WHERE id > 6 ORDER BY id;
> 7 | cat | theirs | 70
> 8 | cat | same | 80
# Without a primary key, equal rows are two.
CREATE TABLE plain(id BIGINT UNIQUE, name TEXT);
COMMIT VERSION MESSAGE 'plain';
CREATE BRANCH other;
INSERT INTO plain VALUES (1, 'x'), (NULL, 'y');
COMMIT VERSION MESSAGE 'ours';
INSERT INTO other.plain VALUES (NULL, 'y');
CALL versor.commit_version('theirs', 'other');
MERGE BRANCH other;
SELECT count(*) FROM plain;
> 3
INSERT INTO other.plain VALUES (1, 'x');
CALL versor.commit_version('theirs', 'other');
MERGE BRANCH other;
! NOT_UNIQUE UNIQUE (id) of plain: 1 is there already
