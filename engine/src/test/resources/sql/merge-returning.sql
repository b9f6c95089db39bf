# RETURNING of MERGE INTO: rows in the order of the source; the deleted as they were, others as they are.
CREATE TABLE goods(id INTEGER PRIMARY KEY, name TEXT, n INTEGER DEFAULT 1);
INSERT INTO goods VALUES (1, 'nut', 5), (2, 'bolt', 0), (3, 'gear', 7);
MERGE INTO goods g USING (VALUES (3, 1), (9, 2), (2, 3), (8, 4), (1, 0)) s(id, d) ON g.id = s.id WHEN MATCHED AND s.d = 3 THEN DELETE WHEN MATCHED AND d = 0 THEN DO NOTHING WHEN MATCHED THEN UPDATE SET n = g.n + s.d WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, 'new') RETURNING merge_action(), g.id, name, n, s.d, s.d * 10 AS tens;
> UPDATE | 3 | gear | 8 | 1 | 10
> INSERT | 9 | new | 1 | 2 | 20
> DELETE | 2 | bolt | 0 | 3 | 30
> INSERT | 8 | new | 1 | 4 | 40
# A star is the source, then the table, as in PostgreSQL.
MERGE INTO goods USING (SELECT 9 AS k, 'x' AS what) s ON goods.id = s.k WHEN MATCHED THEN UPDATE SET name = what RETURNING *;
> 9 | x | 9 | x | 1
MERGE INTO goods USING (SELECT 9 AS k, 'x' AS what) s ON goods.id = s.k WHEN MATCHED THEN DELETE RETURNING goods.*, _index, LOWER(merge_action()) AS did, main.goods.id;
> 9 | x | 1 | 2 | delete | 9
# Keys may move from one row to another; a source without rows returns none.
MERGE INTO goods g USING (VALUES (1, 3), (3, 1)) s(a, b) ON g.id = s.a WHEN MATCHED THEN UPDATE SET id = s.b RETURNING a, g.id, g.name;
> 1 | 3 | nut
> 3 | 1 | gear
MERGE INTO goods g USING (VALUES (1, 30), (30, 1)) s(a, b) ON g.id = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.b, 'swap', 2) RETURNING merge_action(), g.id, g.name;
> DELETE | 1 | gear
> INSERT | 1 | swap
MERGE INTO goods USING (SELECT 1 AS i WHERE 1 = 0) s ON i = id WHEN MATCHED THEN DELETE RETURNING id;
WITH s AS (SELECT 8 AS i) MERGE INTO goods USING s ON s.i = id WHEN MATCHED THEN UPDATE SET n = n * 7 RETURNING (SELECT COUNT(*) FROM s), n;
> 1 | 7
# The source may be several tables, or the table itself.
MERGE INTO goods t USING goods s ON t.id = s.id AND s.id = 8 WHEN MATCHED THEN UPDATE SET n = s.n + 1 RETURNING s.n, t.n;
> 7 | 8
MERGE INTO goods t USING (SELECT s.id, word FROM goods s JOIN (VALUES (8, 'eight')) v(k, word) ON s.id = v.k) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = word RETURNING t.name, s.id, word, merge_action();
> eight | 8 | eight | UPDATE
# A row that fails takes the statement with it.
MERGE INTO goods USING (VALUES (8, 0), (70, 7)) s(i, d) ON i = id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (i, 'x', d) RETURNING 10 / d;
! 22012
MERGE INTO goods USING (VALUES (8)) s(i) ON i = id WHEN MATCHED THEN DELETE RETURNING nam;
! 42703 nam
MERGE INTO goods USING (VALUES (8)) s(i) ON i = id WHEN MATCHED THEN DELETE RETURNING s.j;
! 42703 j
MERGE INTO goods USING (VALUES (8)) s(i) ON i = id WHEN MATCHED THEN DELETE RETURNING merge_action(1);
! 42883 merge_action
UPDATE goods SET n = 1 RETURNING merge_action();
! 42883
SELECT merge_action();
! 42883
SELECT * FROM goods ORDER BY id;
> 1 | swap | 2
> 3 | nut | 5
> 8 | eight | 8
