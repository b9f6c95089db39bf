# Rows and updates that came one by one lie in one chunk for each tensor afterwards.
CREATE TABLE t(id BIGINT, name TEXT);
INSERT INTO t VALUES (1, 'a');
COMMIT VERSION MESSAGE 'one';
INSERT INTO t VALUES (2, 'b');
UPDATE t SET name = 'c' WHERE id = 1;
COMMIT VERSION MESSAGE 'two';
OPTIMIZE TABLE t;
SELECT tensor_name, chunks FROM versor.tensors ORDER BY tensor_name;
> id | 1
> name | 1
SELECT * FROM t;
> 1 | c
> 2 | b
SELECT * FROM t AS OF COMMIT 'main~1';
> 1 | a
SELECT has_changes FROM versor.branches;
> false
CALL versor.optimize_table('t', 'main');
OPTIMIZE TABLE nothing;
! 42P01 no table nothing in branch main
OPTIMIZE TABLE "main~1".t;
! READ_ONLY main~1
CALL versor.optimize_table('t', 'nowhere');
! NO_SUCH_REF nowhere
