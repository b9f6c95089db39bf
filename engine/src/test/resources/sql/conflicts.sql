# Both sides change what the other changes, too; the conflicts are kept and resolved one by one.
CREATE TABLE t(id BIGINT, name TEXT, label CLASS_LABEL('cat', 'dog'));
INSERT INTO t VALUES (1, 'a', 'cat'), (2, 'b', 'cat'), (3, 'c', 'cat'), (4, 'd', 'cat');
COMMIT VERSION MESSAGE 'base';
CREATE BRANCH side;
UPDATE t SET name = 'ours' WHERE id = 1;
UPDATE t SET name = 'ours', label = 'dog' WHERE id = 2;
DELETE FROM t WHERE id = 3;
UPDATE t SET name = 'ours' WHERE id = 4;
COMMIT VERSION MESSAGE 'ours';
USE BRANCH side;
UPDATE t SET name = 'theirs', label = 'dog' WHERE id = 1;
UPDATE t SET name = 'theirs', label = 'cat' WHERE id = 2;
UPDATE t SET name = 'theirs' WHERE id = 3;
DELETE FROM t WHERE id = 4;
INSERT INTO t VALUES (5, 'new', NULL);
COMMIT VERSION MESSAGE 'theirs';
USE BRANCH main;
MERGE BRANCH side;
! MERGE_CONFLICT table t, row
SELECT count(*) FROM versor.conflicts;
> 0
SELECT result, conflicts FROM (VALUES ('none', 0)) AS v(result, conflicts);
> none | 0
MERGE BRANCH side USING CONFLICTS;
# Ours stands meanwhile; what does not conflict was taken.
SELECT id, name, label FROM t;
> 1 | ours | dog
> 2 | ours | dog
> 4 | ours | cat
> 5 | new | NULL
SELECT table_name, tensor_name, kind FROM versor.conflicts ORDER BY _rowid;
> t | name | modified
> t | name | modified
> t | NULL | deleted here
> t | NULL | deleted there
SELECT kind, base_id, our_id, their_id, base_name, our_name, their_name, their_label FROM "t$conflicts";
> modified | 1 | 1 | 1 | a | ours | theirs | dog
> modified | 2 | 2 | 2 | b | ours | theirs | cat
> deleted here | 3 | NULL | 3 | c | NULL | theirs | cat
> deleted there | 4 | 4 | NULL | d | ours | NULL | NULL
SELECT has_changes FROM versor.branches WHERE name = 'main';
> true
# It cannot be committed, nor merged into, before they are resolved.
COMMIT VERSION MESSAGE 'too early';
! WRONG_STATE 4 unresolved rows
MERGE BRANCH side;
! WRONG_STATE 4 unresolved rows
REVERT COMMIT 'HEAD';
! WRONG_STATE 4 unresolved rows
# Setting ours writes the table, and resolves nothing yet.
UPDATE "t$conflicts" SET our_name = their_name || '!' WHERE base_id = 1;
= 1
SELECT name FROM t WHERE id = 1;
> theirs!
SELECT count(*) FROM "t$conflicts";
> 4
DELETE FROM "t$conflicts" WHERE base_id = 1;
= 1
# Resolved twice: there is nothing left of it.
DELETE FROM "t$conflicts" WHERE base_id = 1;
= 0
UPDATE "t$conflicts" SET their_name = 'x';
! 25006 only columns our_
UPDATE "t$conflicts" SET our_nothing = 'x';
! 42703 no column nothing
UPDATE "t$conflicts" SET our_name = 'x' WHERE kind = 'deleted here';
! 55000 USING THEIRS brings it back
INSERT INTO "t$conflicts" VALUES (1);
! 42809 t$conflicts shows what its table went through
RESOLVE CONFLICTS ON main.t USING OURS WHERE base_id = 2;
= 1
RESOLVE CONFLICTS ON t USING THEIRS;
= 2
SELECT id, name, label FROM t;
> 1 | theirs! | dog
> 2 | ours | dog
> 3 | theirs | cat
> 5 | new | NULL
RESOLVE CONFLICTS ON t USING OURS;
! WRONG_STATE no conflicts on t
COMMIT VERSION;
SELECT message FROM versor.log LIMIT 1;
> Merge side into main
SELECT count(*) FROM versor.commit_parents WHERE commit_id = CURRENT_COMMIT();
> 2
SELECT count(*) FROM versor.conflicts;
> 0
# Abort: the branch is what it was.
USE BRANCH side;
UPDATE t SET name = 'again' WHERE id = 5;
COMMIT VERSION MESSAGE 'again';
USE BRANCH main;
UPDATE t SET name = 'mine' WHERE id = 5;
COMMIT VERSION MESSAGE 'mine';
CALL versor.merge_branch('side', 'main', 'CONFLICTS');
SELECT base_name, our_name, their_name FROM main."t$conflicts";
> new | mine | again
RESET BRANCH;
SELECT count(*) FROM versor.conflicts;
> 0
SELECT name FROM t WHERE id = 5;
> mine
# The procedure decides all of them.
CALL versor.merge_branch('side', 'main', 'CONFLICTS');
CALL versor.resolve_conflicts('t', 'THEIRS', 'main');
SELECT name FROM t WHERE id = 5;
> again
CALL versor.resolve_conflicts('t', 'THEIRS', 'main');
! WRONG_STATE no conflicts on t
COMMIT VERSION MESSAGE 'resolved';
# A commit that is taken back after it was changed over, and a transaction that changes its mind.
REVERT COMMIT 'HEAD~1' USING CONFLICTS;
SELECT base_name, our_name, their_name FROM "t$conflicts";
> mine | again | new
BEGIN;
DELETE FROM "t$conflicts";
= 1
SELECT count(*) FROM "t$conflicts";
> 0
ROLLBACK;
SELECT count(*) FROM "t$conflicts";
> 1
RESOLVE CONFLICTS ON t USING OURS;
= 1
# Nothing is left of the revert.
COMMIT VERSION;
! NOTHING_TO_COMMIT
RESET BRANCH;
SELECT has_changes FROM versor.branches WHERE name = 'main';
> false
# What stands beside a table is not written, but for the conflicts' own columns.
INSERT INTO "t$conflicts" VALUES (1);
! 42809 t$conflicts shows what its table went through; change the table itself, or UPDATE and DELETE conflicts
INSERT INTO "t$history" VALUES (1);
! 42809 t$history shows what its table went through; change the table itself
DROP TABLE "t$diff";
! 42809 t$diff
DELETE FROM "t$diff";
! 42809 t$diff
