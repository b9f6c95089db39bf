# UPDATE … FROM: values and condition may read other tables.
CREATE TABLE stock(item TEXT PRIMARY KEY, amount INTEGER CHECK (amount >= 0), price DECIMAL(6, 2));
CREATE TABLE delivery(item TEXT, amount INTEGER, day INTEGER);
INSERT INTO stock VALUES ('nail', 1, 0.10), ('bolt', 2, 0.20), ('gear', 3, 9.00);
INSERT INTO delivery VALUES ('nail', 10, 1), ('gear', 30, 1), ('hook', 7, 1), ('nail', 5, 2);
UPDATE stock SET amount = stock.amount + d.amount, price = price * 2 FROM delivery AS d WHERE d.item = stock.item AND day = 1;
= 2
SELECT * FROM stock;
> nail | 11 | 0.20
> bolt | 2 | 0.20
> gear | 33 | 18.00
# Several rows that match one would each give it another value: nothing is done.
UPDATE stock s SET amount = d.amount FROM delivery d WHERE d.item = s.item;
! 21000 several rows of FROM
UPDATE stock s SET amount = s.amount + d.amount FROM (SELECT item, SUM(amount) AS amount FROM delivery GROUP BY item) AS d WHERE d.item = s.item;
= 2
# Joins, lists, VALUES and queries may stand there, and the table itself by another name.
UPDATE stock AS s SET amount = 0 FROM delivery d JOIN (VALUES (1, 'a'), (2, 'b')) AS days(day, name) ON d.day = days.day WHERE d.item = s.item AND days.name = 'b';
= 1
UPDATE stock SET amount = v.n FROM (VALUES ('nail', 100), ('bolt', 200)) AS v(item, n) WHERE v.item = stock.item;
= 2
UPDATE stock s SET amount = s.amount + o.amount FROM stock o, delivery d WHERE o.item = 'bolt' AND d.day = 2 AND d.item = s.item;
= 1
SELECT item, amount FROM stock;
> nail | 300
> bolt | 200
> gear | 63
# Without a condition each row meets each other; one row is the same for all.
UPDATE stock SET amount = one.n FROM (SELECT 5 AS n) AS one;
= 3
UPDATE stock SET amount = 0 FROM delivery;
! 21000
UPDATE stock SET amount = 0 FROM delivery WHERE FALSE;
= 0
# RETURNING sees the rows as they are now, and what they were updated from; * is all of both.
UPDATE stock AS s SET amount = s.amount + d.amount FROM delivery AS d WHERE d.item = s.item AND d.day = 1 RETURNING s.item, s.amount, d.amount * 2 AS twice, d.day, s._index;
> nail | 15 | 20 | 1 | 0
> gear | 35 | 60 | 1 | 2
UPDATE stock SET amount = 1 FROM delivery d WHERE d.item = stock.item AND d.day = 2 RETURNING *;
> nail | 1 | 0.20 | nail | 5 | 2
UPDATE stock SET amount = d.amount FROM delivery d JOIN (VALUES (2, 'two')) AS n(day, name) ON n.day = d.day WHERE d.item = stock.item RETURNING stock.*, n.name, (SELECT COUNT(*) FROM delivery x WHERE x.item = d.item);
> nail | 5 | 0.20 | two | 2
UPDATE stock s SET amount = -1 FROM delivery d WHERE d.item = s.item AND d.day = 1 RETURNING s.item;
! CHECK_VIOLATION amount = -1
UPDATE stock s SET item = d.item || '!' FROM delivery d WHERE d.item = s.item AND d.day = 1 RETURNING s.item, d.item;
> nail! | nail
> gear! | gear
UPDATE stock s SET item = 'bolt' FROM delivery d WHERE d.item || '!' = s.item AND d.day = 2;
! NOT_UNIQUE PRIMARY KEY (item) of stock: 'bolt'
# DELETE … USING deletes a row once, however many others it meets.
DELETE FROM stock USING delivery d WHERE d.item || '!' = stock.item RETURNING stock.item, stock.amount;
> nail! | 5
> gear! | 35
INSERT INTO stock VALUES ('nail', 1, 1), ('hook', 2, 2), ('ring', 3, 3);
DELETE FROM stock s USING delivery d, (VALUES (1), (2)) AS days(day) WHERE d.item = s.item AND d.day = days.day;
= 2
DELETE FROM stock AS s USING stock AS o WHERE o.item > s.item RETURNING s.item, o.item;
> bolt | ring
SELECT item FROM stock;
> ring
# Tensors and class labels come along; so does what another branch has.
CREATE TABLE animals(id INTEGER PRIMARY KEY, kind CLASS_LABEL('cat', 'dog'), v TENSOR(INT16, 2));
INSERT INTO animals VALUES (1, 'cat', ARRAY[1, 2]), (2, 'dog', ARRAY[3, 4]);
COMMIT VERSION MESSAGE 'animals';
CREATE BRANCH side;
UPDATE side.animals SET kind = 'dog', v = v + v WHERE id = 1;
= 1
UPDATE main.animals AS m SET kind = s.kind, v = s.v + m.v FROM side.animals AS s WHERE s.id = m.id AND s.kind <> m.kind RETURNING m.id, m.v, s.v, s.kind, LABEL_ID(s.kind);
> 1 | [3, 6] | [2, 4] | dog | 1
DELETE FROM animals m USING animals AS OF COMMIT 'HEAD' h WHERE h.id = m.id AND h.kind = m.kind RETURNING m.id, h.kind;
> 2 | dog
UPDATE side.animals SET kind = a.kind FROM animals a WHERE a.id = side.animals.id;
= 1
# EXPLAIN shows the query behind it.
EXPLAIN DELETE FROM stock USING delivery d WHERE d.item = stock.item;
# What is refused, and where.
UPDATE stock SET amount = 1 FROM stock WHERE stock.amount > 0;
! 42712
DELETE FROM stock USING stock WHERE stock.amount > 0;
! 42712
UPDATE stock SET amount = 1 FROM delivery d WHERE amount = 1;
! 42702
UPDATE stock SET amount = weight FROM delivery d;
! 42703 weight
UPDATE stock SET amount = 1 FROM nowhere n;
! 42P01 nowhere
UPDATE stock s SET amount = 1 FROM delivery d WHERE d.item = s.item RETURNING d._rowid;
! 0A000 d._rowid
UPDATE stock s SET amount = 1 FROM delivery d WHERE d.item = s.item RETURNING item;
! 42702
UPDATE stock s SET amount = 1 FROM delivery d WHERE d.item = s.item RETURNING d.weight;
! 42703 weight
DELETE FROM stock USING delivery;
= 1
