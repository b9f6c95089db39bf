# Every version statement as a procedure, with arguments by place and by name.
CREATE TABLE t (id INTEGER, name TEXT);
INSERT INTO t VALUES (1, 'one'), (2, 'two');
CALL versor.commit_version('first');
CALL versor.commit_version(message => 'again');
! NOTHING_TO_COMMIT
CALL versor.commit_version(author => 'bob', allow_empty => TRUE, message => 'again');
SELECT author, message FROM versor.log;
> bob | again
> ann | first
CALL versor.create_branch('b');
CALL versor.create_branch('b', if_not_exists => TRUE);
CALL versor.create_branch('b', if_not_exists => TRUE, or_replace => TRUE);
! 42601 either replaced or kept
INSERT INTO b.t VALUES (3, 'three');
CALL versor.create_branch(name => 'c', from => 'b', with_changes => TRUE);
CALL versor.create_branch('d', 'b');
SELECT (SELECT count(*) FROM c.t), (SELECT count(*) FROM d.t);
> 3 | 2
CALL versor.commit_version(branch => 'b', message => NULL);
SELECT branch, message FROM versor.commits LIMIT 1;
> b | NULL
CALL versor.rename_branch('d', 'e');
CALL versor.rename_branch(new => 'd', old => 'e');
CALL versor.create_tag('v1');
CALL versor.create_tag('v2', 'b', message => 'with three');
SELECT name, message FROM versor.tags ORDER BY name;
> v1 | NULL
> v2 | with three
CALL versor.drop_tag('v3');
! 3F000 no tag 'v3'
CALL versor.drop_tag('v3', if_exists => TRUE);
> (none)
CALL versor.drop_tag('v1');
# A preview has the columns of a summary and changes nothing.
CALL versor.merge_branch('b', dry_run => TRUE);
> t | NULL | NULL | NULL | 1 | 0 | 0 | 0
> t | id | NULL | NULL | 1 | 0 | 0 | 0
> t | name | NULL | NULL | 1 | 0 | 0 | 0
MERGE BRANCH b DRY RUN;
> t | NULL | NULL | NULL | 1 | 0 | 0 | 0
> t | id | NULL | NULL | 1 | 0 | 0 | 0
> t | name | NULL | NULL | 1 | 0 | 0 | 0
SELECT count(*) FROM t;
> 2
# Into a branch that is not the current one; squashed, it has one parent.
CALL versor.merge_branch('b', 'd', message => 'b in one go', squash => TRUE);
SELECT count(*) FROM versor.commit_parents p JOIN versor.branches b ON p.commit_id = b.head_commit WHERE b.name = 'd';
> 1
SELECT message FROM versor.commits WHERE branch = 'd';
> b in one go
CALL versor.merge_branch('b', 'd', dry_run => TRUE);
> (none)
CALL versor.merge_branch('b', message => 'merged b');
SELECT count(*) FROM versor.commit_parents p JOIN versor.branches b ON p.commit_id = b.head_commit WHERE b.name = 'main';
> 2
# Conflicts: told, refused, decided.
UPDATE b.t SET name = 'uno', id = 11 WHERE id = 1;
UPDATE b.t SET name = 'dos' WHERE id = 2;
CALL versor.commit_version('spanish', 'b');
UPDATE t SET name = 'eins' WHERE id = 1;
COMMIT VERSION MESSAGE 'german';
MERGE BRANCH b DRY RUN;
> t | NULL | NULL | NULL | 0 | 2 | 0 | 1
> t | id | NULL | NULL | 0 | 1 | 0 | 0
> t | name | NULL | NULL | 0 | 1 | 0 | 1
CALL versor.merge_branch('b');
! MERGE_CONFLICT name
CALL versor.merge_branch('b', strategy => 'theirs', dry_run => TRUE);
> t | NULL | NULL | NULL | 0 | 2 | 0 | 1
> t | id | NULL | NULL | 0 | 1 | 0 | 0
> t | name | NULL | NULL | 0 | 2 | 0 | 1
MERGE BRANCH b DRY RUN USING OURS MESSAGE 'not yet';
> t | NULL | NULL | NULL | 0 | 2 | 0 | 1
> t | id | NULL | NULL | 0 | 1 | 0 | 0
> t | name | NULL | NULL | 0 | 1 | 0 | 1
MERGE BRANCH b MESSAGE 'ours wins' USING OURS;
SELECT id, name FROM t ORDER BY id;
> 2 | dos
> 3 | three
> 11 | eins
MERGE BRANCH b;
> NULL | nothing to merge | 0 | 0 | 0 | 0
# Reverting a merge needs the parent; then what it brought is gone.
REVERT COMMIT 'HEAD';
! WRONG_STATE PARENT 1 to 2
REVERT COMMIT 'HEAD' PARENT 3;
! 3F000 has no parent 3
REVERT COMMIT 'HEAD' PARENT 1 MESSAGE 'without spanish';
SELECT id, name FROM t ORDER BY id;
> 1 | eins
> 2 | two
> 3 | three
SELECT message FROM versor.log LIMIT 2;
> without spanish
> ours wins
CALL versor.revert_commit('HEAD', parent => 0);
! 3F000 has no parent 0
CALL versor.revert_commit('HEAD');
SELECT message FROM versor.log LIMIT 1;
> Revert "without spanish"
SELECT id, name FROM t ORDER BY id;
> 2 | dos
> 3 | three
> 11 | eins
# A commit of another branch, made again on two.
INSERT INTO c.t VALUES (4, 'four');
CALL versor.commit_version('four', 'c');
INSERT INTO c.t VALUES (5, 'five');
CALL versor.commit_version('five', 'c');
CHERRY PICK COMMIT 'c';
SELECT id FROM t ORDER BY id;
> 2
> 3
> 5
> 11
SELECT message, author FROM versor.log LIMIT 1;
> five | ann
CALL versor.cherry_pick('c', 'd', message => 'five for d');
SELECT id FROM d.t ORDER BY id;
> 1
> 2
> 3
> 5
CHERRY PICK COMMIT 'c' INTO d;
! NOTHING_TO_COMMIT
# Uncommitted changes of the branch stand in the way.
DELETE FROM d.t WHERE id = 5;
REVERT COMMIT 'HEAD' INTO d;
! WRONG_STATE d
CALL versor.cherry_pick('c', 'd');
! WRONG_STATE d
RESET BRANCH d;
REVERT COMMIT 'HEAD' INTO d;
SELECT id FROM d.t ORDER BY id;
> 1
> 2
> 3
# Changed since: a conflict like any other.
UPDATE d.t SET name = 'I' WHERE id = 1;
CALL versor.commit_version('I', 'd');
UPDATE d.t SET name = 'i' WHERE id = 1;
CALL versor.commit_version('i', 'd');
REVERT COMMIT 'd~1' INTO d;
! MERGE_CONFLICT name
CALL versor.revert_commit('HEAD~1', 'd', 'THEIRS');
SELECT name FROM d.t WHERE id = 1;
> one
CALL versor.revert_commit('d~2', 'd', strategy => 'OURS');
! NOTHING_TO_COMMIT
# A reset to a commit, with the tables or without.
RESET BRANCH d TO COMMIT 'HEAD~1' SOFT;
SELECT name FROM d.t WHERE id = 1;
> one
SELECT has_changes FROM versor.branches WHERE name = 'd';
> true
RESET BRANCH d TO COMMIT 'd' HARD;
SELECT name FROM d.t WHERE id = 1;
> i
CALL versor.reset_branch('d', 'HEAD~1', 'HARD');
SELECT name FROM d.t WHERE id = 1;
> I
UPDATE d.t SET name = 'x';
CALL versor.reset_branch('d');
SELECT name FROM d.t WHERE id = 1;
> I
CALL versor.reset_branch('d', 'HEAD~1');
! 22004 HARD drops uncommitted changes, SOFT keeps
CALL versor.reset_branch('d', mode => 'SOFT');
! 22004 needs the commit
CALL versor.reset_branch('d', 'HEAD~1', 'MIXED');
! 42883 one of HARD, SOFT
RESET BRANCH d TO COMMIT 'HEAD~99' HARD;
! 3F000 goes back 99 commits
# A table as it was, also one that is gone; nothing is committed.
DELETE FROM t WHERE id > 2;
RESTORE TABLE t TO COMMIT 'HEAD';
SELECT count(*) FROM t;
> 4
SELECT has_changes FROM versor.branches WHERE is_current;
> false
DROP TABLE t;
RESTORE TABLE t TO COMMIT 'v2';
SELECT id, name FROM t ORDER BY id;
> 1 | one
> 2 | two
> 3 | three
RESET BRANCH;
CALL versor.restore_table('t', 'v2', 'd');
SELECT id, name FROM d.t ORDER BY id;
> 1 | one
> 2 | two
> 3 | three
CALL versor.restore_table(table => 't', branch => 'd', commit => 'HEAD');
RESTORE TABLE tt TO COMMIT 'HEAD';
! 42P01 no table tt in commit
RESTORE TABLE v2.t TO COMMIT 'HEAD';
! READ_ONLY v2
# With writes in a transaction, all of these wait.
BEGIN;
INSERT INTO t VALUES (7, 'seven');
CALL versor.reset_branch('d', 'HEAD~1', 'HARD');
! PENDING_CHANGES RESET BRANCH
RESTORE TABLE d.t TO COMMIT 'HEAD';
! PENDING_CHANGES RESTORE TABLE
REVERT COMMIT 'HEAD';
! PENDING_CHANGES REVERT COMMIT
CHERRY PICK COMMIT 'c';
! PENDING_CHANGES CHERRY PICK
CALL versor.merge_branch('c', 'd');
! PENDING_CHANGES MERGE BRANCH
CALL versor.create_branch('x');
! PENDING_CHANGES CREATE BRANCH
CALL versor.commit_version('seven', 'd');
! PENDING_CHANGES COMMIT VERSION of branch d
CALL versor.commit_version('seven');
SELECT message FROM versor.log LIMIT 1;
> seven
ROLLBACK;
# On a commit, the branch has to be named.
USE COMMIT 'HEAD~1';
REVERT COMMIT 'HEAD';
! READ_ONLY CREATE BRANCH
CALL versor.cherry_pick('c');
! READ_ONLY CREATE BRANCH
RESTORE TABLE t TO COMMIT 'v2';
! READ_ONLY CREATE BRANCH
CALL versor.revert_commit('HEAD', 'main');
RESTORE TABLE main.t TO COMMIT 'v2';
SELECT count(*) FROM main.t;
> 3
RESET BRANCH main;
USE BRANCH main;
# Dropped last.
CALL versor.drop_branch('c');
! WRONG_STATE c
CALL versor.drop_branch('c', force => TRUE);
CALL versor.drop_branch('c', if_exists => TRUE);
> (none)
CALL versor.optimize_table(branch => 'main', table => 't');
# A preview tells conflicts of rows, names and tables where they are, by the names of the result.
CREATE TABLE gone (id INTEGER);
CREATE TABLE u (id INTEGER, old INTEGER);
DELETE FROM t;
INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three');
INSERT INTO gone VALUES (1);
COMMIT VERSION;
CREATE BRANCH p;
UPDATE t SET name = 'eins' WHERE id = 1;
DELETE FROM t WHERE id = 2;
UPDATE gone SET id = 2;
ALTER TABLE u RENAME TO ours;
ALTER TABLE ours RENAME COLUMN old TO our_name;
COMMIT VERSION;
UPDATE p.t SET name = 'uno' WHERE id = 1;
UPDATE p.t SET name = 'dos' WHERE id = 2;
DROP TABLE p.gone;
ALTER TABLE p.u RENAME COLUMN old TO their_name;
ALTER TABLE p.u RENAME TO theirs;
CALL versor.commit_version('p', 'p');
MERGE BRANCH p DRY RUN;
> t | NULL | NULL | NULL | 0 | 0 | 0 | 2
> t | name | NULL | NULL | 0 | 0 | 0 | 1
> ours | NULL | NULL | NULL | 0 | 0 | 0 | 2
> ours | our_name | NULL | NULL | 0 | 0 | 0 | 1
> gone | NULL | NULL | NULL | 0 | 0 | 0 | 1
MERGE BRANCH p USING THEIRS DRY RUN;
> gone | NULL | NULL | dropped | 0 | 0 | 1 | 1
> gone | id | NULL | dropped | 0 | 0 | 1 | 0
> t | NULL | NULL | NULL | 1 | 1 | 0 | 2
> t | id | NULL | NULL | 1 | 0 | 0 | 0
> t | name | NULL | NULL | 1 | 1 | 0 | 1
> theirs | NULL | ours | renamed | 0 | 0 | 0 | 2
> theirs | their_name | our_name | renamed | 0 | 0 | 0 | 1
MERGE BRANCH p USING CONFLICTS;
! MERGE_CONFLICT USING OURS or USING THEIRS
# Kept conflicts: nothing is committed, and what would merge waits.
CREATE BRANCH q AS OF COMMIT 'HEAD~1';
UPDATE q.t SET name = 'uno' WHERE id = 1;
CALL versor.commit_version('q', 'q');
CALL versor.merge_branch('q', strategy => 'CONFLICTS');
> NULL | pending | 0 | 0 | 0 | 1
SHOW CONFLICTS;
SELECT table_name, tensor_name, kind FROM versor.conflicts;
> t | name | modified
MERGE BRANCH q;
! WRONG_STATE unresolved
REVERT COMMIT 'HEAD';
! WRONG_STATE unresolved
RESTORE TABLE t TO COMMIT 'HEAD~1';
! WRONG_STATE unresolved
RESET BRANCH main TO COMMIT 'HEAD' SOFT;
! WRONG_STATE unresolved
COMMIT VERSION;
! WRONG_STATE unresolved
CALL versor.resolve_conflicts('t', side => 'THEIRS', branch => 'main');
SHOW CONFLICTS;
> (none)
RESET BRANCH;
SELECT has_changes FROM versor.branches WHERE name = 'main';
> false
# What maintenance there will be is known by name.
CALL versor.check_store();
> (none)
