-- Every version stays readable: by how far back it is, by tag, by commit id, by time.
USE BRANCH main;
DROP TABLE IF EXISTS prices;
DROP TAG IF EXISTS opening;

CREATE TABLE prices (item TEXT NOT NULL, price DECIMAL(8, 2));
INSERT INTO prices VALUES ('apple', 1.20), ('pear', 1.50);
COMMIT VERSION MESSAGE 'Opening prices';
CREATE TAG opening MESSAGE 'first day';

UPDATE prices SET price = price * 2 WHERE item = 'pear';
COMMIT VERSION MESSAGE 'Pears are rare';

DELETE FROM prices WHERE item = 'apple';
INSERT INTO prices VALUES ('plum', 0.90);

-- Now: two items, one of them not committed yet.
SELECT * FROM prices;

-- The last commit, the one before it, and the same by its tag.
SELECT * FROM prices AS OF COMMIT 'HEAD';
SELECT * FROM prices AS OF COMMIT 'HEAD~1';
SELECT * FROM prices AS OF TAG 'opening';

-- Two versions side by side: what became of each price.
SELECT o.item, o.price AS opening, n.price AS latest
  FROM prices AS OF TAG 'opening' o JOIN prices AS OF COMMIT 'HEAD' n ON o._rowid = n._rowid
  ORDER BY o.item;

-- A tool that writes its own FROM clause can use a hint.
SELECT item, price FROM prices /*+ AS_OF_TAG('opening') */ ORDER BY price DESC;
