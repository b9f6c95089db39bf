# A short text can be a number that takes minutes to write out: it is refused at once.
CREATE TABLE n(i BIGINT, d DOUBLE, r REAL, e DECIMAL(30, 3), t VARCHAR, x TENSOR(FLOAT32, *));
INSERT INTO n(i) VALUES ('1e100000000');
! 22003 is out of the range of INT64
INSERT INTO n(i) VALUES ('1e-100000000');
! 22003 is out of the range of INT64
INSERT INTO n(d) VALUES ('1e100000000');
! 22003 is out of the range of FLOAT64
INSERT INTO n(d) VALUES ('1e999');
! 22003 is out of the range of FLOAT64
INSERT INTO n(e) VALUES ('1e100000000');
! 22003 does not fit into DECIMAL(30, 3)
INSERT INTO n(e) VALUES ('1e-100000000');
! 22003 does not fit into DECIMAL(30, 3)
INSERT INTO n(i) VALUES (CAST('1e100000000' AS BIGINT));
! 22003 '1e100000000' does not fit into DECIMAL

# Literals without an exact type are the nearest double, if there is one.
INSERT INTO n(d) VALUES (1e999);
! 22003 1E999
INSERT INTO n(x) VALUES (ARRAY[1e0, 1e999]);
! 22003 1E999
INSERT INTO n(r) VALUES (1e300);
! 22003 1.0E300

# Zero is zero, however it is written.
INSERT INTO n(i, d, e) VALUES ('0e300', '0e300', '0e300');
SELECT i, d, e FROM n;
> 0 | 0.0 | 0.000
SELECT COUNT(*) FROM n;
> 1
