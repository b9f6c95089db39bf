# What differs between two versions, net of the order of operations.
CREATE TABLE t(id BIGINT, name TEXT, label CLASS_LABEL('cat', 'dog'));
INSERT INTO t VALUES (1, 'a', 'cat'), (2, 'b', 'dog'), (3, 'c', NULL);
SELECT diff_type, from_index, to_index, to_id, to_name FROM TABLE(versor.diff('t'));
> added | NULL | 0 | 1 | a
> added | NULL | 1 | 2 | b
> added | NULL | 2 | 3 | c
COMMIT VERSION MESSAGE 'one';
SELECT count(*) FROM TABLE(versor.diff('t'));
> 0
UPDATE t SET name = 'B' WHERE id = 2;
INSERT INTO t VALUES (4, 'd', 'cat');
DELETE FROM t WHERE id = 4;
UPDATE t SET name = 'x' WHERE id = 1;
UPDATE t SET name = 'a' WHERE id = 1;
INSERT INTO t VALUES (5, 'e', 'dog');
DELETE FROM t WHERE id = 3;
SELECT diff_type, from_index, to_index, from_name, to_name, from_label, to_label FROM TABLE(versor.diff('t'));
> modified | 1 | 1 | b | B | dog | dog
> removed | 2 | NULL | c | NULL | NULL | NULL
> added | NULL | 2 | NULL | e | NULL | dog
SELECT change_type, id, name, label FROM TABLE(versor.changes('t'));
> update_preimage | 2 | b | dog
> update_postimage | 2 | B | dog
> delete | 3 | c | NULL
> insert | 5 | e | dog
SELECT table_name, tensor_name, change, rows_added, rows_updated, rows_deleted FROM TABLE(versor.diff_summary());
> t | NULL | NULL | 1 | 1 | 1
> t | id | NULL | 1 | 0 | 1
> t | name | NULL | 1 | 1 | 1
> t | label | NULL | 1 | 0 | 1
COMMIT VERSION MESSAGE 'two';
UPDATE t SET name = 'BB' WHERE id = 2;
COMMIT VERSION MESSAGE 'three';
# A row changed in two commits appears once, first old and last new value.
SELECT from_name, to_name FROM TABLE(versor.diff('t', 'main~2', 'main')) WHERE diff_type = 'modified';
> b | BB
SELECT to_name FROM TABLE(versor.diff('t', 'main~2', 'main')) WHERE diff_type = 'added' LIMIT 1;
> e
SELECT from_name, to_name FROM TABLE(versor.diff('t', 'main', 'main~2')) WHERE diff_type = 'modified';
> BB | b
SELECT count(*) FROM TABLE(versor.diff('t', 'main~2', 'main')) WHERE _rowid = (SELECT _rowid FROM t WHERE id = 2);
> 1
# Commit by commit, newest first; what is not committed before them.
UPDATE t SET label = 'cat' WHERE id = 5;
SELECT diff_type, from_name, to_name, f.message, x.message
  FROM "t$diff" d
  LEFT JOIN versor.commits f ON f.commit_id = d.from_commit
  LEFT JOIN versor.commits x ON x.commit_id = d.to_commit
  WHERE d.diff_type <> 'added';
> modified | e | e | three | NULL
> modified | B | BB | two | three
> modified | b | B | one | two
> removed | c | NULL | one | two
SELECT count(*) FROM "t$diff" WHERE from_commit IS NULL;
> 3
RESET BRANCH;
SELECT diff_type FROM "t$diff" LIMIT 1;
> modified
# A renamed tensor is followed; a created one was NULL; a dropped one is NULL now.
ALTER TABLE t RENAME COLUMN name TO title;
ALTER TABLE t ADD COLUMN score INT DEFAULT 1;
ALTER TABLE t DROP COLUMN label;
ALTER TABLE t RENAME TO pets;
COMMENT ON TABLE pets IS 'animals';
SELECT from_name, to_title, from_label, to_score FROM TABLE(versor.diff('pets'));
> a | a | cat | 1
> BB | BB | dog | 1
> e | e | dog | 1
SELECT table_name, tensor_name, old_name, change, rows_updated FROM TABLE(versor.diff_summary());
> pets | NULL | t | renamed | 3
> pets | title | name | renamed | 0
> pets | score | NULL | created | 3
> pets | label | NULL | dropped | 0
SELECT * FROM TABLE(versor.schema_diff());
> pets | NULL | renamed | t | pets
> pets | NULL | comment | NULL | animals
> pets | title | renamed | name | title
> pets | score | created | NULL | INTEGER
> pets | label | dropped | CLASS_LABEL('cat', 'dog') | NULL
SELECT * FROM TABLE(versor.schema_diff('HEAD', 'HEAD'));
CREATE TABLE other(x INT NOT NULL);
SELECT change, to_definition FROM TABLE(versor.schema_diff()) WHERE table_name = 'other';
> created | other
> created | INTEGER NOT NULL
COMMIT VERSION MESSAGE 'four';
DROP TABLE pets;
SELECT count(*) FROM TABLE(versor.changes('pets', 'HEAD', 'WORKING')) WHERE change_type = 'delete';
> 3
# What cannot be.
SELECT * FROM TABLE(versor.diff('nothing'));
! 42P01 no table nothing in
# The columns are the table's, so its name is needed before parameters have values.
SELECT * FROM TABLE(versor.changes(NULL));
! 42P18 name the table by a text
SELECT * FROM TABLE(versor.changes());
! 42883 expected changes(table, from, to)
SELECT * FROM TABLE(versor.diff('other', 'a', 'b', 'c'));
! 42883 expected diff(table, from, to)
SELECT * FROM TABLE(versor.diff('other', 'nowhere'));
! 3F000 nowhere
SELECT * FROM TABLE(versor.schema_diff('a', 'b', 'c'));
! 42883
