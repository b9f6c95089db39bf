# Rows and updates that came one by one lie in one chunk for each tensor afterwards.
CREATE TABLE t(id BIGINT, name TEXT);
INSERT INTO t VALUES (1, 'a');
COMMIT VERSION MESSAGE 'one';
INSERT INTO t VALUES (2, 'b');
UPDATE t SET name = 'c' WHERE id = 1;
COMMIT VERSION MESSAGE 'two';
SELECT tensor_name, sum(slots) FROM versor.chunks WHERE place = 'log' GROUP BY tensor_name ORDER BY tensor_name;
> id | 2
> name | 2
SELECT count(*) FROM versor.chunks WHERE is_overwritten;
> 1
OPTIMIZE TABLE t;
SELECT table_name, tensor_name, first_slot, slots, place, is_overwritten FROM versor.chunks;
> t | id | 0 | 2 | pack | false
> t | name | 0 | 2 | pack | false
SELECT n.tensor_name, n.chunks = count(*), n.bytes = sum(c.bytes)
  FROM versor.tensors n JOIN versor.chunks c ON n.tensor_name = c.tensor_name
  GROUP BY n.tensor_name, n.chunks, n.bytes ORDER BY n.tensor_name;
> id | true | true
> name | true | true
ALTER TABLE t ADD COLUMN z INTEGER;
SELECT tensor_name, place, bytes FROM versor.chunks WHERE place <> 'pack';
> z | nulls | 0
RESET BRANCH;
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
! 3F000 nowhere
