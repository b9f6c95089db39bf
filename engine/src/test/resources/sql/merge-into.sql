# MERGE INTO: for each row of the source the first WHEN that fits it, on the row of the target that it matches.
CREATE TABLE stock(item TEXT PRIMARY KEY, amount INTEGER CHECK (amount >= 0), note TEXT DEFAULT 'new');
INSERT INTO stock VALUES ('nail', 1, 'x'), ('bolt', 2, 'y'), ('gear', 3, 'z'), ('cog', 4, 'w');
CREATE TABLE delivery(item TEXT, amount INTEGER);
INSERT INTO delivery VALUES ('nail', 10), ('bolt', 0), ('gear', -3), ('cog', 5), ('hook', 7), ('ring', 0), ('band', NULL);
MERGE INTO stock AS s USING delivery AS d ON s.item = d.item
  WHEN MATCHED AND s.item = 'cog' THEN DO NOTHING
  WHEN MATCHED AND s.amount + d.amount = 0 THEN DELETE
  WHEN MATCHED AND d.amount > 0 THEN UPDATE SET amount = s.amount + d.amount, note = DEFAULT
  WHEN MATCHED THEN UPDATE SET note = 'seen'
  WHEN NOT MATCHED AND d.amount > 0 THEN INSERT (item, amount) VALUES (d.item, d.amount)
  WHEN NOT MATCHED AND d.amount = 0 THEN DO NOTHING
  WHEN NOT MATCHED THEN INSERT VALUES (d.item, DEFAULT, 'unknown');
= 5
SELECT * FROM stock ORDER BY item;
> band | NULL | unknown
> bolt | 2 | seen
> cog | 4 | w
> hook | 7 | new
> nail | 11 | new
# The order of the clauses is what counts, also of kinds that are mixed.
MERGE INTO stock AS s USING (VALUES ('hook'), ('pin')) AS d(item) ON s.item = d.item
  WHEN NOT MATCHED BY TARGET THEN INSERT DEFAULT VALUES
  WHEN MATCHED THEN DELETE;
! NOT_NULL item
MERGE INTO stock AS s USING (VALUES ('hook'), ('pin')) AS d(item) ON s.item = d.item
  WHEN NOT MATCHED THEN INSERT (item) VALUES (d.item)
  WHEN MATCHED THEN DELETE;
= 2
SELECT item FROM stock ORDER BY item;
> band
> bolt
> cog
> nail
> pin
# What only one clause needs is not computed for the rows of the others.
MERGE INTO stock AS s USING (VALUES ('nail', 0), ('pin', 2)) AS d(item, amount) ON s.item = d.item
  WHEN MATCHED AND d.amount <> 0 THEN UPDATE SET amount = 10 / d.amount
  WHEN MATCHED THEN UPDATE SET amount = d.amount;
= 2
MERGE INTO stock AS s USING (VALUES ('nail', 0), ('clip', 2)) AS d(item, amount) ON s.item = d.item
  WHEN MATCHED THEN DO NOTHING
  WHEN NOT MATCHED THEN INSERT (item, amount) VALUES (d.item, 10 / d.amount);
= 1
SELECT item, amount FROM stock WHERE item IN ('nail', 'pin', 'clip') ORDER BY item;
> clip | 5
> nail | 0
> pin | 5
# A row is changed once; what is left alone may be met twice.
MERGE INTO stock AS s USING (VALUES ('nail', 1), ('nail', 2)) AS d(item, amount) ON s.item = d.item
  WHEN MATCHED AND d.amount = 1 THEN DELETE
  WHEN MATCHED THEN UPDATE SET amount = d.amount;
! 21000 several rows
MERGE INTO stock AS s USING (VALUES ('nail', 1), ('nail', 2)) AS d(item, amount) ON s.item = d.item
  WHEN MATCHED THEN DELETE;
! 21000 several rows
MERGE INTO stock AS s USING (VALUES ('nail', 1), ('nail', 2)) AS d(item, amount) ON s.item = d.item
  WHEN MATCHED AND d.amount = 1 THEN DO NOTHING
  WHEN MATCHED THEN UPDATE SET amount = d.amount;
= 1
SELECT amount FROM stock WHERE item = 'nail';
> 2
# Keys and conditions are looked at when all of it is done; a statement that fails changes nothing.
MERGE INTO stock AS s USING (VALUES ('nail', 'x'), ('bolt', 'nail')) AS d(item, other) ON s.item = d.item
  WHEN MATCHED AND d.other = 'x' THEN DELETE
  WHEN MATCHED THEN UPDATE SET item = d.other, amount = 8;
= 2
MERGE INTO stock AS s USING (VALUES ('nail', 'clip'), ('brad', 'nail')) AS d(item, other) ON s.item = d.item
  WHEN MATCHED THEN DELETE
  WHEN NOT MATCHED THEN INSERT VALUES (d.other, 9, 'again');
= 2
SELECT * FROM stock WHERE item = 'nail';
> nail | 9 | again
MERGE INTO stock AS s USING (VALUES ('nail', 'clip'), ('cog', 'pin')) AS d(item, other) ON s.item = d.item
  WHEN MATCHED AND d.item = 'nail' THEN DELETE
  WHEN MATCHED THEN UPDATE SET item = d.other;
! NOT_UNIQUE PRIMARY KEY (item) of stock: 'pin'
MERGE INTO stock AS s USING (VALUES ('nail', 1), ('cog', 9)) AS d(item, less) ON s.item = d.item
  WHEN MATCHED AND less = 1 THEN DELETE
  WHEN MATCHED THEN UPDATE SET amount = s.amount - less;
! CHECK_VIOLATION amount = -5
SELECT COUNT(*) FROM stock WHERE item IN ('nail', 'cog');
> 2
# Another key of a row that is updated goes on counting.
CREATE TABLE pairs(a INTEGER UNIQUE, b INTEGER UNIQUE);
INSERT INTO pairs VALUES (1, 10), (2, 20);
MERGE INTO pairs USING (VALUES (1, 3), (4, 4)) AS d(a, n) ON pairs.a = d.a
  WHEN MATCHED THEN UPDATE SET a = d.n
  WHEN NOT MATCHED THEN INSERT VALUES (d.a, 10);
! NOT_UNIQUE UNIQUE (b) of pairs: 10
SELECT * FROM pairs;
> 1 | 10
> 2 | 20
# Conditions and values may ask anything; the source may be any query, the condition any truth.
MERGE INTO pairs USING (SELECT a + 1 AS a, b FROM pairs) AS d ON pairs.a = d.a AND pairs.b > d.b
  WHEN MATCHED AND EXISTS (SELECT 1 FROM delivery WHERE delivery.amount = d.b) THEN UPDATE SET b = (SELECT MAX(amount) FROM delivery) + pairs.b
  WHEN NOT MATCHED AND (SELECT COUNT(*) FROM pairs) = 2 THEN INSERT VALUES (d.a, d.b * 2);
= 2
SELECT * FROM pairs ORDER BY a;
> 1 | 10
> 2 | 30
> 3 | 40
# Samples of tensors pass through.
CREATE TABLE vectors(id INTEGER PRIMARY KEY, v TENSOR(INT16, 2));
INSERT INTO vectors VALUES (1, ARRAY[1, 2]);
MERGE INTO vectors USING (VALUES (1), (2)) AS d(id) ON vectors.id = d.id
  WHEN MATCHED AND d.id > 5 THEN UPDATE SET v = ARRAY[0, 0]
  WHEN MATCHED THEN UPDATE SET v = v + v
  WHEN NOT MATCHED THEN INSERT VALUES (d.id, ARRAY[7, 8]);
= 2
SELECT * FROM vectors ORDER BY id;
> 1 | [2, 4]
> 2 | [7, 8]
# What is refused, and where.
MERGE INTO stock USING delivery ON stock.item = delivery.item;
! 42601
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN MATCHED THEN INSERT (item) VALUES ('x');
! 42601 INSERT
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN NOT MATCHED THEN DELETE;
! 42601 DELETE
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN MATCHED THEN UPDATE SET amount = 1, amount = 2;
! 42701 set twice
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN NOT MATCHED THEN INSERT (item, item) VALUES ('x', 'y');
! 42701 given twice
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN NOT MATCHED THEN INSERT (item, amount) VALUES ('x');
! 42601 1 values for 2 columns
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN NOT MATCHED THEN INSERT (item, weight) VALUES ('x', 1);
! 42703 weight
# A row that matches nothing has no row of the target.
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN NOT MATCHED THEN INSERT (item) VALUES (stock.note);
! 42P01 stock
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN NOT MATCHED AND note = 'x' THEN INSERT (item) VALUES ('n');
! 42703 note
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN MATCHED AND amount THEN DELETE;
! 42702
MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN MATCHED AND stock.amount THEN DELETE;
! 42804
EXPLAIN MERGE INTO stock USING delivery ON stock.item = delivery.item WHEN MATCHED THEN DELETE;
