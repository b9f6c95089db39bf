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
# COALESCE beside NULLs, on either executor: what simplification makes of it still knows NULL.
CREATE TABLE nulls(id INT, i INT, j INT, s TEXT);
INSERT INTO nulls VALUES (1, NULL, NULL, NULL), (2, 2, NULL, 'b'), (3, NULL, 3, 'a');
SELECT id FROM nulls WHERE COALESCE(i, j) NOT BETWEEN 9 AND -4;
> 2
> 3
SELECT x.id FROM nulls x JOIN nulls y ON x.id = y.id WHERE COALESCE(x.s, 'ab') NOT LIKE 'a%';
> 2
SELECT x.id FROM nulls x JOIN nulls y ON x.id = y.id WHERE NOT (COALESCE(x.i, x.j) BETWEEN 0 AND -3) ORDER BY 1;
> 2
> 3
SELECT x.id, y.id FROM nulls x LEFT JOIN nulls y ON x.id = y.id AND NOT (y.i = x.j OR (y.i IS NULL AND x.j IS NULL)) ORDER BY 1;
> 1 | NULL
> 2 | NULL
> 3 | NULL
# A promise not to be NULL holds where it was made, not where rules carry the expression to.
SELECT x.id FROM nulls x WHERE CASE WHEN COALESCE(x.i, 3) IS DISTINCT FROM 7 THEN x.s END IS NULL ORDER BY 1;
> 1
SELECT x.id, INITCAP(x.s) FROM nulls x WHERE CASE WHEN COALESCE(x.i, 3) IS DISTINCT FROM 7 THEN x.j END IS NULL ORDER BY 1;
> 1 | NULL
> 2 | B
SELECT x.id, INITCAP(x.s) FROM nulls x WHERE COALESCE(x.i, x.j, 0) = 0 OR NOT (COALESCE(x.i, 5) IS NOT DISTINCT FROM x.j) ORDER BY 1;
> 1 | NULL
> 2 | B
> 3 | A
# Two TRIMs in one expression.
SELECT id, CASE WHEN s > UPPER(s) OR s = TRIM(BOTH 'a' FROM '') THEN TRIM(BOTH 'a' FROM s) END FROM nulls ORDER BY id;
> 1 | NULL
> 2 | b
> 3 | 
SELECT TRIM(LEADING 'x' FROM 'xaxx'), TRIM(TRAILING 'x' FROM 'xaxx'), TRIM(BOTH 'x' FROM 'xxx'), TRIM('  a '), TRIM(BOTH 'ä' FROM 'äbä'), TRIM(CAST(NULL AS VARCHAR));
> axx | xa |  | a | b | NULL
SELECT TRIM(BOTH 'xy' FROM s) FROM nulls;
! 22027 TRIM of 'xy': expected one character
# Equal numbers of two types find each other by a hash table.
CREATE TABLE few(a SMALLINT);
CREATE TABLE many(b INTEGER);
EXPLAIN SELECT a FROM few JOIN many ON few.a = many.b;
> BatchProject(a=[$0])
>   BatchJoin(condition=[=(CAST($0):INTEGER, $1)], joinType=[inner])
>     BatchScan(table=[[main, few]], columns=[[a]], chunks=[0 of 0], bytes=[0])
>     BatchScan(table=[[main, many]], columns=[[b]], chunks=[0 of 0], bytes=[0])
> Executor: batch
