# Every version of a row, newest first; who last set each cell.
CREATE TABLE t(id BIGINT, name TEXT, label CLASS_LABEL('cat', 'dog'));
INSERT INTO t VALUES (1, 'a', 'cat'), (2, 'b', 'dog');
COMMIT VERSION MESSAGE 'one';
SELECT id, name, message, valid_until IS NULL FROM TABLE(versor.history('t')) ORDER BY id;
> 1 | a | one | true
> 2 | b | one | true
UPDATE t SET name = 'A' WHERE id = 1;
# What is not committed is no version.
SELECT count(*) FROM "t$history";
> 2
COMMIT VERSION MESSAGE 'two';
# The same value again is no change.
UPDATE t SET name = 'A' WHERE id = 1;
DELETE FROM t WHERE id = 2;
COMMIT VERSION MESSAGE 'three';
SELECT id, name, label, message, valid_until IS NULL FROM "t$history";
> 1 | A | cat | two | true
> 1 | a | cat | one | false
> 2 | b | dog | one | false
SELECT h.message, h.valid_until = l.committed_at FROM main."t$history" h, versor.log l
  WHERE h.id = 2 AND l.message = 'three';
> one | true
SELECT name FROM "t$history" WHERE _rowid = (SELECT _rowid FROM t WHERE id = 1);
> A
> a
# A renamed column goes by its present name; one that was not there yet was NULL.
ALTER TABLE t RENAME COLUMN name TO title;
ALTER TABLE t ADD COLUMN score INT DEFAULT 7;
COMMIT VERSION MESSAGE 'four';
SELECT title, score, message FROM "t$history" WHERE id = 1;
> A | 7 | four
> A | NULL | two
> a | NULL | one
SELECT _index, l.message, n.message, s.message FROM TABLE(versor.blame('t')) b
  JOIN versor.commits l ON l.commit_id = b.commit_id
  JOIN versor.commits n ON n.commit_id = b.title_commit
  JOIN versor.commits s ON s.commit_id = b.score_commit;
> 0 | four | two | four
# Blame goes into the branch that a merge took a cell from.
CREATE BRANCH side;
USE BRANCH side;
UPDATE t SET label = 'dog' WHERE id = 1;
COMMIT VERSION MESSAGE 'side';
USE BRANCH main;
UPDATE t SET score = 8 WHERE id = 1;
COMMIT VERSION MESSAGE 'five';
MERGE BRANCH side MESSAGE 'merged';
SELECT n.message, l.message, s.message FROM TABLE(versor.blame('t')) b
  JOIN versor.commits n ON n.commit_id = b.title_commit
  JOIN versor.commits l ON l.commit_id = b.label_commit
  JOIN versor.commits s ON s.commit_id = b.score_commit;
> two | side | five
SELECT message FROM "t$history" WHERE id = 1;
> merged
> five
> four
> two
> one
SELECT count(*) FROM TABLE(versor.blame('t')) WHERE _index = 0;
> 1
SELECT count(*) FROM TABLE(versor.blame('t')) WHERE _index = 1;
> 0
SELECT count(*) FROM TABLE(versor.history('t', 'main~4')) WHERE id = 2;
> 1
# Ranges of the log, as in git.
SELECT message FROM TABLE(versor.log('main~2..main'));
> merged
> five
> side
SELECT message FROM TABLE(versor.log('side..'));
> merged
> five
SELECT message FROM versor.log LIMIT 2;
> merged
> five
# The standard's words for it.
SELECT t.title, t.message FROM t FOR SYSTEM_TIME ALL WHERE t.id = 2;
> b | one
SELECT h.title FROM main.t FOR SYSTEM_TIME ALL AS h WHERE h.valid_until IS NULL;
> A
SELECT count(*) FROM t FOR SYSTEM_TIME ALL h JOIN t ON t._rowid = h._rowid;
> 5
SELECT title FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2999-01-01 00:00:00' WHERE id = 1;
> A
SELECT * FROM nothing FOR SYSTEM_TIME ALL;
! 42P01
# What cannot be.
SELECT * FROM TABLE(versor.history('nothing'));
! 42P01 no table nothing in
SELECT * FROM TABLE(versor.history());
! 42883 expected history(table [, revision])
SELECT * FROM TABLE(versor.blame('t', 'nowhere'));
! 3F000 nowhere
SELECT * FROM TABLE(versor.log('main~99..main'));
! 3F000
SELECT * FROM "x$history";
! 42P01
# Where the session is, and how commits are related.
SELECT CURRENT_BRANCH(), CURRENT_COMMIT() = (SELECT head_commit FROM versor.branches WHERE name = 'main');
> main | true
SELECT IS_ANCESTOR('side', 'main'), IS_ANCESTOR('main', 'side'), IS_ANCESTOR('main', 'main');
> true | false | true
SELECT message FROM versor.commits WHERE IS_ANCESTOR(commit_id, 'side') ORDER BY committed_at;
> one
> two
> three
> four
> side
SELECT MERGE_BASE('side', 'main') = c.commit_id FROM versor.commits c WHERE message = 'side';
> true
USE COMMIT 'side';
SELECT CURRENT_BRANCH(), CURRENT_COMMIT() = MERGE_BASE('side', 'main');
> NULL | true
USE BRANCH main;
# Equal content has equal hashes, however it came about.
CREATE TABLE a(id BIGINT, name TEXT);
INSERT INTO a VALUES (1, 'x'), (2, 'y');
CREATE TABLE b(id BIGINT, name TEXT);
INSERT INTO b VALUES (0, 'z');
INSERT INTO b VALUES (1, 'y');
INSERT INTO b VALUES (2, 'y');
DELETE FROM b WHERE id = 0;
SELECT TABLE_HASH('a') = TABLE_HASH('b');
> false
UPDATE b SET name = 'x' WHERE id = 1;
SELECT TABLE_HASH('a') = TABLE_HASH('b'), CHAR_LENGTH(TABLE_HASH('a'));
> true | 64
COMMIT VERSION MESSAGE 'a and b';
UPDATE a SET name = NULL WHERE id = 2;
SELECT TABLE_HASH('a') = TABLE_HASH('b'), TABLE_HASH('a', 'HEAD') = TABLE_HASH('b', 'main'), TABLE_HASH('a', 'WORKING') = TABLE_HASH('a');
> false | true | true
SELECT TABLE_HASH('c');
! 42P01 no table c in
SELECT IS_ANCESTOR('nowhere', 'main');
! 3F000 nowhere
SELECT TABLE_HASH(NULL, 'main');
> NULL
# Like CURRENT_DATE, these need no parentheses.
SELECT CURRENT_BRANCH = CURRENT_BRANCH(), current_commit = CURRENT_COMMIT() FROM (VALUES (1)) AS v(n);
> true | true
