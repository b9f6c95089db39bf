# Of rows that agree the first one: DISTINCT ON, and rows that are equal to the last one: WITH TIES.
CREATE TABLE sales(shop TEXT, day DATE, amount INTEGER);
INSERT INTO sales VALUES ('a', DATE '2024-01-02', 5), ('a', DATE '2024-01-01', 7), ('b', DATE '2024-01-01', 3), ('b', DATE '2024-01-01', 9), (NULL, DATE '2024-01-03', 1), (NULL, NULL, 2);
SELECT DISTINCT ON (shop) shop, day, amount FROM sales ORDER BY shop, day, amount DESC;
> a | 2024-01-01 | 7
> b | 2024-01-01 | 9
> NULL | 2024-01-03 | 1
SELECT DISTINCT ON (shop) * FROM sales ORDER BY shop DESC, amount LIMIT 2;
> NULL | 2024-01-03 | 1
> b | 2024-01-01 | 3
# Without an order it is the first one of the table.
SELECT DISTINCT ON (shop) amount FROM sales;
> 5
> 3
> 1
# Numbers and names stand for items, as in ORDER BY.
SELECT DISTINCT ON (1) shop AS s, amount AS shop FROM sales ORDER BY s, 2;
> a | 5
> b | 3
> NULL | 1
SELECT DISTINCT ON (day, shop) shop, day FROM sales ORDER BY shop, day;
> a | 2024-01-01
> a | 2024-01-02
> b | 2024-01-01
> NULL | 2024-01-03
> NULL | NULL
SELECT DISTINCT ON (EXTRACT(YEAR FROM day)) amount FROM sales ORDER BY EXTRACT(YEAR FROM day), amount DESC;
> 9
> 2
# Of groups, in a subquery, and in each part of a UNION.
SELECT DISTINCT ON (shop) shop, day, SUM(amount) FROM sales GROUP BY shop, day ORDER BY shop, SUM(amount) DESC;
> a | 2024-01-01 | 7
> b | 2024-01-01 | 12
> NULL | NULL | 2
SELECT SUM(amount) FROM (SELECT DISTINCT ON (shop) amount FROM sales ORDER BY shop, amount DESC) AS best;
> 18
SELECT DISTINCT ON (shop) shop FROM sales UNION ALL SELECT DISTINCT ON (day) CAST(day AS TEXT) FROM sales WHERE amount > 4 ORDER BY 1;
> 2024-01-01
> 2024-01-02
> a
> b
> NULL
CREATE VIEW best AS SELECT DISTINCT ON (shop) shop, amount FROM sales ORDER BY shop, amount DESC;
SELECT * FROM best WHERE shop = 'b';
> b | 9
SELECT DISTINCT ON (shop) shop FROM sales ORDER BY amount, shop;
! 42P10 not the first ones of ORDER BY
SELECT DISTINCT ON (shop, day) shop FROM sales ORDER BY shop, amount;
! 42P10 not the first ones of ORDER BY
SELECT DISTINCT ON (3) shop FROM sales;
! 42P10 no item number 3
SELECT DISTINCT ON (nothing) shop FROM sales;
! 42703 nothing
SELECT DISTINCT ON () shop FROM sales;
! 42601 )
SELECT DISTINCT ON (shop) shop FROM sales QUALIFY RANK() OVER (ORDER BY amount) < 3;
! 0A000 QUALIFY
# Rows that are equal to the last one come along.
SELECT shop, amount FROM sales WHERE shop IS NOT NULL ORDER BY shop FETCH FIRST 1 ROW WITH TIES;
> a | 5
> a | 7
SELECT amount FROM sales ORDER BY day NULLS FIRST FETCH FIRST 2 ROWS WITH TIES;
> 2
> 7
> 3
> 9
SELECT amount FROM sales ORDER BY day NULLS FIRST OFFSET 1 ROW FETCH NEXT ROW WITH TIES;
> 7
> 3
> 9
SELECT amount FROM sales ORDER BY day OFFSET 1 ROW FETCH FIRST 0 ROWS WITH TIES;
> (none)
SELECT amount FROM sales ORDER BY amount FETCH FIRST ROW ONLY;
> 1
SELECT DISTINCT shop FROM sales ORDER BY 1 DESC FETCH FIRST 2 ROWS WITH TIES;
> NULL
> b
SELECT shop FROM sales UNION ALL SELECT 'a' ORDER BY shop FETCH FIRST ROW WITH TIES;
> a
> a
> a
SELECT count(*) FROM sales WHERE day IN (SELECT day FROM sales ORDER BY amount DESC FETCH FIRST 1 ROW WITH TIES);
> 3
SELECT amount FROM sales FETCH FIRST 2 ROWS WITH TIES;
! 42601 WITH TIES without ORDER BY
