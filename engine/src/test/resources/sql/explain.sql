# EXPLAIN names the operators, what scans are asked for, the version that is read, and who runs it.
CREATE TABLE t(id INT, s TEXT);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
EXPLAIN SELECT id FROM t WHERE id > 1 ORDER BY id;
> BatchSort(sort0=[$0], dir0=[ASC])
>   BatchFilter(condition=[>($0, 1)])
>     BatchScan(table=[[main, t]], columns=[[id]], conditions=[[>($0, 1)]], chunks=[1 of 1], bytes=[8])
> Executor: batch
# What has no kernel runs on the row executor, and is named.
EXPLAIN PLAN FOR SELECT UPPER(s) FROM t;
> EnumerableCalc(expr#0=[{inputs}], expr#1=[UPPER($t0)], EXPR$0=[$t1])
>   EnumerableTensorScan(table=[[main, t]], columns=[[s]], chunks=[1 of 1], bytes=[10])
> Executor: row, for the batch executor has no kernel for UPPER($0)
# Batches give it the rows of what has, if that is more than the rows of a table.
EXPLAIN SELECT UPPER(t.s) FROM t JOIN t AS u ON t.id = u.id WHERE u.s > 'a';
> EnumerableCalc(expr#0..3=[{inputs}], expr#4=[UPPER($t1)], EXPR$0=[$t4])
>   BatchJoin(condition=[=($0, $2)], joinType=[inner])
>     BatchScan(table=[[main, t]], columns=[[id, s]], chunks=[2 of 2], bytes=[18])
>     BatchFilter(condition=[>($1, _UTF-8'a')])
>       BatchScan(table=[[main, t]], columns=[[id, s]], conditions=[[>($1, _UTF-8'a')]], chunks=[2 of 2], bytes=[18])
> Executor: row above batch, for the batch executor has no kernel for UPPER($1)
SELECT UPPER(t.s) FROM t JOIN t AS u ON t.id = u.id WHERE u.s > 'a';
> B
# Of a change it is the query that finds the rows. Nothing is changed.
EXPLAIN UPDATE t SET s = 'c' WHERE id = 1;
> BatchProject(_rowid=[$1], value0=[_UTF-8'c'])
>   BatchFilter(condition=[=($0, 1)])
>     BatchScan(table=[[main, t]], columns=[[id, _rowid]], conditions=[[=($0, 1)]], chunks=[1 of 1], bytes=[8])
> Executor: batch
EXPLAIN DELETE FROM t WHERE id = 1;
> BatchProject(_rowid=[$1])
>   BatchFilter(condition=[=($0, 1)])
>     BatchScan(table=[[main, t]], columns=[[id, _rowid]], conditions=[[=($0, 1)]], chunks=[1 of 1], bytes=[8])
> Executor: batch
EXPLAIN INSERT INTO t SELECT id + 1, s FROM t;
> BatchProject(EXPR$0=[+($0, 1)], s=[$1])
>   BatchScan(table=[[main, t]], columns=[[id, s]], chunks=[2 of 2], bytes=[18])
> Executor: batch
EXPLAIN (SELECT 1);
> BatchValues(tuples=[[{ 1 }]])
> Executor: batch
EXPLAIN ANALYZE DELETE FROM t;
! 0A000 explain it without ANALYZE
EXPLAIN DROP TABLE t;
! 42601
EXPLAIN SELECT nme FROM t;
! 42703 nme
SELECT COUNT(*) FROM t;
> 2
# What a scan will read is known before: chunks whose statistics leave room for a row, and their bytes.
CREATE TABLE wide_range(id INTEGER);
INSERT INTO wide_range SELECT g FROM generate_series(1, 140000) AS x(g);
OPTIMIZE TABLE wide_range;
> wide_range | 1 | 3
EXPLAIN SELECT id FROM wide_range WHERE id < 100;
> BatchFilter(condition=[<($0, 100)])
>   BatchScan(table=[[main, wide_range]], columns=[[id]], conditions=[[<($0, 100)]], chunks=[1 of 3], bytes=[131112])
> Executor: batch
EXPLAIN SELECT id FROM wide_range WHERE id < 0;
> BatchFilter(condition=[<($0, 0)])
>   BatchScan(table=[[main, wide_range]], columns=[[id]], conditions=[[<($0, 0)]], chunks=[0 of 3], bytes=[0])
> Executor: batch
# A count of all rows reads none.
EXPLAIN SELECT COUNT(*) FROM wide_range;
> BatchAggregate(group=[{}], EXPR$0=[COUNT()])
>   BatchScan(table=[[main, wide_range]], columns=[[id, _index, _rowid]], chunks=[0 of 0], bytes=[0])
> Executor: batch
EXPLAIN SELECT name FROM versor.branches;
> BatchScan(table=[[versor, branches]], columns=[[name]])
> Executor: batch
