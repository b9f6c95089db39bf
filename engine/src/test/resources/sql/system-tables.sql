CREATE TABLE t(id INTEGER, c CLASS_LABEL('a', 'b'));
INSERT INTO t VALUES (1, 'a'), (2, 'b');
SELECT name, head_commit, has_changes, is_current FROM versor.branches;
> main | NULL | true | true
SELECT * FROM versor.log;
> (none)
SELECT * FROM versor.status;
> t | NULL | NULL | created | 2 | 0 | 0
> t | id | NULL | created | 2 | 0 | 0
> t | c | NULL | created | 2 | 0 | 0
COMMIT VERSION MESSAGE 'one' AUTHOR 'bob';
SELECT message, author, parents FROM versor.commits;
> one | bob | 
SELECT * FROM versor.status;
> (none)
INSERT INTO t VALUES (3, 'a');
UPDATE t SET c = 'b' WHERE id = 1;
DELETE FROM t WHERE id = 2;
SHOW STATUS;
> t | NULL | NULL | NULL | 1 | 1 | 1
> t | id | NULL | NULL | 1 | 0 | 1
> t | c | NULL | NULL | 1 | 1 | 1
SELECT diff_type, from_id, from_c, to_id, to_c FROM TABLE(versor.diff('t'));
> modified | 1 | a | 1 | b
> removed | 2 | b | NULL | NULL
> added | NULL | NULL | 3 | a
SELECT count(*) FROM versor.diff('t', 'HEAD', 'WORKING') AS d WHERE d.diff_type = 'added';
> 1
SHOW DIFF;
> t | NULL | NULL | NULL | 1 | 1 | 1
> t | id | NULL | NULL | 1 | 0 | 1
> t | c | NULL | NULL | 1 | 1 | 1
# Setting a cell back is no change.
UPDATE t SET c = 'a' WHERE id = 1;
SELECT rows_updated FROM versor.status WHERE tensor_name = 'c';
> 0
COMMIT VERSION;
SELECT message FROM versor.log;
> NULL
> one
SELECT table_name, tensor_name, rows_added, rows_deleted FROM TABLE(versor.diff_summary('main~1', 'main')) WHERE tensor_name IS NULL;
> t | NULL | 1 | 1
SELECT table_name, tensor_name, type, samples FROM versor.tensors;
> t | id | INTEGER | 2
> t | c | CLASS_LABEL('a', 'b') | 2
SELECT c.message, p.ordinal FROM versor.commit_parents p JOIN versor.commits c ON p.parent_id = c.commit_id;
> one | 0
CREATE TAG v1;
SELECT t.name, c.author FROM versor.tags t JOIN versor.commits c ON t.commit_id = c.commit_id;
> v1 | ann
SHOW TABLES;
> t | TABLE | 2 | NULL
SELECT count(*) FROM versor.log WHERE committed_at > TIMESTAMP '2020-01-01 00:00:00';
> 2
SHOW LOG 'main~1';
SELECT message FROM TABLE(versor.log('main~1'));
> one
