# The same text runs again from the plan that is kept for it; what it names may have moved meanwhile.
CREATE TABLE t (id INTEGER);
INSERT INTO t VALUES (1);
COMMIT VERSION;
SELECT count(*) FROM t AS OF COMMIT 'HEAD';
> 1
INSERT INTO t VALUES (2);
COMMIT VERSION;
SELECT count(*) FROM t AS OF COMMIT 'HEAD';
> 2
SELECT count(*) FROM "main~1".t;
> 1
SELECT count(*) FROM t AS OF COMMIT 'main~1';
> 1
SELECT count(*) FROM t AS OF BRANCH 'main';
> 2
CREATE TAG v AS OF COMMIT 'HEAD';
SELECT count(*) FROM t AS OF TAG 'v';
> 2
SELECT count(*) FROM v.t;
> 2
DROP TAG v;
CREATE TAG v AS OF COMMIT 'HEAD~1';
SELECT count(*) FROM t AS OF TAG 'v';
> 1
SELECT count(*) FROM v.t;
> 1
INSERT INTO t VALUES (3);
COMMIT VERSION;
SELECT count(*) FROM "main~1".t;
> 2
SELECT count(*) FROM t AS OF COMMIT 'main~1';
> 2
CREATE BRANCH b AS OF COMMIT 'HEAD~2';
SELECT count(*) FROM b.t;
> 1
ALTER BRANCH b RENAME TO c;
CREATE BRANCH b;
SELECT count(*) FROM b.t;
> 3
SELECT count(*) FROM t AS OF BRANCH 'b';
> 3
SELECT count(*) FROM c.t;
> 1
SELECT count(*) FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2999-01-01 00:00:00';
> 3
INSERT INTO t VALUES (3);
COMMIT VERSION;
SELECT count(*) FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2999-01-01 00:00:00';
> 4
# So may the session, and what is said of it.
SELECT CURRENT_BRANCH() FROM t LIMIT 1;
> main
SELECT CURRENT_COMMIT() = head_commit FROM versor.branches WHERE is_current;
> true
USE BRANCH b;
SELECT CURRENT_BRANCH() FROM t LIMIT 1;
> b
SELECT count(*) FROM t;
> 3
USE BRANCH main;
SELECT count(*) FROM t;
> 4
DELETE FROM t;
COMMIT VERSION;
SELECT CURRENT_COMMIT() = head_commit FROM versor.branches WHERE is_current;
> true
SELECT count(*) FROM t AS OF TAG 'V';
> 1
