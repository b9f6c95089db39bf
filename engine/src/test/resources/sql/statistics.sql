# What chunks know of their samples is told only where it is true of the rows that are there.
CREATE TABLE t(id INTEGER, v INTEGER);
INSERT INTO t SELECT g, CASE WHEN MOD(g, 2) = 0 THEN g END FROM generate_series(1, 140000) AS x(g);
OPTIMIZE TABLE t;
> t | 6 | 6
SELECT tensor_name, nulls FROM versor.tensors ORDER BY tensor_name;
> id | 0
> v | 70000
# Half of a chunk is written anew elsewhere: the NULLs there are gone.
UPDATE t SET v = -id WHERE id <= 100000;
= 100000
SELECT COUNT(*) - COUNT(v) FROM t;
> 20000
SELECT tensor_name, nulls FROM versor.tensors ORDER BY tensor_name;
> id | 0
> v | NULL
OPTIMIZE TABLE t;
> t | 7 | 6
SELECT tensor_name, nulls FROM versor.tensors ORDER BY tensor_name;
> id | 0
> v | 20000
# A deleted row has no NULL.
DELETE FROM t WHERE id = 100001;
= 1
SELECT COUNT(*) - COUNT(v) FROM t;
> 19999
SELECT tensor_name, nulls FROM versor.tensors ORDER BY tensor_name;
> id | NULL
> v | NULL
