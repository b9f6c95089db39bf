# WITH in front of a statement that changes rows: all its queries may read these tables.
CREATE TABLE stock(id INTEGER PRIMARY KEY, name TEXT, n INTEGER);
INSERT INTO stock VALUES (1, 'nut', 5), (2, 'bolt', 0), (3, 'gear', 7);
WITH more AS (SELECT id + 10 AS id, name || '2' AS name, n FROM stock WHERE n > 0) INSERT INTO stock SELECT * FROM more;
= 2
INSERT INTO stock WITH more AS (SELECT 20 AS id) SELECT id, 'cog', 1 FROM more;
= 1
SELECT * FROM stock ORDER BY id;
> 1 | nut | 5
> 2 | bolt | 0
> 3 | gear | 7
> 11 | nut2 | 5
> 13 | gear2 | 7
> 20 | cog | 1
WITH few AS (SELECT id FROM stock WHERE n < 2) DELETE FROM stock WHERE id IN (SELECT id FROM few) RETURNING id, (SELECT COUNT(*) FROM few);
> 2 | 2
> 20 | 2
WITH best AS (SELECT MAX(n) AS n FROM stock), twice(v) AS (SELECT n * 2 FROM best) UPDATE stock SET n = (SELECT v FROM twice) WHERE n = (SELECT n FROM best) RETURNING id, n;
> 3 | 14
> 13 | 14
WITH given(id, d) AS (VALUES (1, 100), (11, 200), (99, 300)) UPDATE stock AS s SET n = s.n + g.d FROM given g WHERE g.id = s.id RETURNING s.id, s.n, g.d;
> 1 | 105 | 100
> 11 | 205 | 200
WITH gone AS (SELECT 13 AS id) DELETE FROM stock USING gone WHERE gone.id = stock.id RETURNING *;
> 13 | gear2 | 14 | 13
WITH src(id, n) AS (VALUES (1, 1), (4, 4)) MERGE INTO stock s USING src ON s.id = src.id WHEN MATCHED THEN UPDATE SET n = src.n WHEN NOT MATCHED THEN INSERT VALUES (src.id, 'new', src.n);
= 2
# VALUES with subqueries, ON CONFLICT and RETURNING may read them, too.
WITH x AS (SELECT 50 AS v) INSERT INTO stock AS s VALUES (1, 'a', (SELECT v FROM x)), (5, 'b', 6) ON CONFLICT (id) DO UPDATE SET n = s.n + excluded.n + (SELECT v FROM x) RETURNING id, n, (SELECT v FROM x) + 1;
> 1 | 101 | 51
> 5 | 6 | 51
# Nested, recursive, in a set, with a hint of PostgreSQL's.
WITH RECURSIVE up(i) AS (VALUES (100) UNION ALL SELECT i + 1 FROM up WHERE i < 103) INSERT INTO stock SELECT i, 'r', 0 FROM up;
= 4
WITH a AS (SELECT 100 AS id) DELETE FROM stock WHERE id IN (WITH b AS (SELECT id + 1 AS id FROM a) SELECT id FROM b);
= 1
WITH a AS MATERIALIZED (SELECT 102 AS id), b AS NOT MATERIALIZED (SELECT 103 AS id) DELETE FROM stock WHERE id IN (SELECT id FROM a UNION SELECT id FROM b);
= 2
WITH a AS (SELECT 1 AS i) INSERT INTO stock WITH b AS (SELECT i + 200 AS i FROM a) SELECT i, 'n', i + 0 FROM b ORDER BY i LIMIT 1;
= 1
# What is written is the table, not one of WITH that has its name.
WITH stock AS (SELECT 200 AS id, 7 AS n) UPDATE stock SET n = 0 WHERE name = 'r';
= 1
WITH stock(id) AS (VALUES (100), (201)) DELETE FROM stock WHERE stock.id IN (SELECT id FROM stock);
= 2
WITH stock(id) AS (VALUES (5)) MERGE INTO stock AS t USING stock AS s ON t.id = s.id WHEN MATCHED THEN DELETE;
= 1
SELECT id, n FROM stock ORDER BY id;
> 1 | 101
> 3 | 14
> 4 | 4
> 11 | 205
# A query is one as before.
WITH a AS (SELECT 1 AS i UNION SELECT 2) SELECT i FROM a UNION ALL SELECT i * 10 FROM a ORDER BY 1 DESC LIMIT 3;
> 20
> 10
> 2
WITH a AS (SELECT 1 AS i) (SELECT i FROM a);
> 1
WITH a AS (SELECT 1 AS i) VALUES (1), (2);
> 1
> 2
# The plan has them in it.
EXPLAIN WITH few AS (SELECT n + 1 AS m FROM stock) INSERT INTO stock (n) SELECT m FROM few;
> BatchProject(m=[+($0, 1)])
>   BatchScan(table=[[main, stock]], columns=[[n]], chunks=[1 of 1], bytes=[52])
> Executor: batch
# Random rows are the same throughout a query, and not read beside it.
WITH r AS (SELECT RANDOM() AS x) UPDATE stock SET n = CASE WHEN (SELECT x FROM r) = (SELECT x FROM r) THEN 1 ELSE 2 END WHERE id = 1 RETURNING n;
> 1
WITH r AS (SELECT RANDOM() AS x) UPDATE stock SET n = 1 RETURNING (SELECT x FROM r);
! 0A000 RETURNING reads r of WITH
WITH r AS (SELECT RANDOM() AS x) INSERT INTO stock VALUES (77, 'x', CAST((SELECT x FROM r) AS INTEGER));
! 0A000 VALUES reads r of WITH
# What is wrong is said, and nothing is written.
WITH x AS (INSERT INTO stock VALUES (9, 'x', 1) RETURNING id) SELECT * FROM x;
! 0A000 WITH has queries only, found INSERT; run that statement by itself before
WITH a AS (SELECT 1), x AS (DELETE FROM stock RETURNING id) INSERT INTO stock SELECT id, 'y', 2 FROM x;
! 0A000 found DELETE
WITH x AS (SELECT id FROM stok) DELETE FROM stock WHERE id IN (SELECT id FROM x);
! 42P01 stok
WITH x AS (SELECT 1 AS id) UPDATE stock SET n = (SELECT i FROM x);
! 42703 i
WITH x AS (SELECT 1 AS id) UPDATE x SET id = 2;
! 42P01 x
WITH x AS (SELECT 1 AS id) TRUNCATE stock;
! 42601
WITH x AS (SELECT 1 AS id), x AS (SELECT 2 AS id) DELETE FROM stock;
! 42712 x
WITH x(a, b) AS (SELECT 1) DELETE FROM stock;
! 42P10
SELECT COUNT(*) FROM stock;
> 4
