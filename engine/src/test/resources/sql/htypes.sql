# Every dtype keeps its extremes, and refuses what lies beyond.
CREATE TABLE d(b TENSOR(BOOL, 2), i8 TENSOR(INT8, *), i16 TENSOR(INT16, *), i32 TENSOR(INT32, *), i64 TENSOR(INT64, *), u8 TENSOR(UINT8, *), u16 TENSOR(UINT16, *), u32 TENSOR(UINT32, *), u64 TENSOR(UINT64, *), f16 TENSOR(FLOAT16, *), f32 TENSOR(FLOAT32, *), f64 TENSOR(FLOAT64, *));
INSERT INTO d VALUES (ARRAY[TRUE, FALSE], ARRAY[-128, 127], ARRAY[-32768, 32767], ARRAY[-2147483648, 2147483647], ARRAY[-9223372036854775807, 9223372036854775807], ARRAY[0, 255], ARRAY[0, 65535], ARRAY[0, 4294967295], ARRAY[0, 18446744073709551615], ARRAY[0.1, 65504], ARRAY[0.1, 16777216], ARRAY[0.1, 1e300]);
SELECT * FROM d;
> [true, false] | [-128, 127] | [-32768, 32767] | [-2147483648, 2147483647] | [-9223372036854775807, 9223372036854775807] | [0, 255] | [0, 65535] | [0, 4294967295] | [0, 18446744073709551615] | [0.099975586, 65504.0] | [0.1, 1.6777216E7] | [0.1, 1.0E300]
INSERT INTO d(i8) VALUES (ARRAY[128]);
! 22003 128
INSERT INTO d(u64) VALUES (ARRAY[-1]);
! 22003 -1
INSERT INTO d(u64) VALUES (ARRAY[18446744073709551616]);
! 22003 18446744073709551616
INSERT INTO d(f16) VALUES (ARRAY[65520]);
! 22003
INSERT INTO d(f16) VALUES (ARRAY[2049]);
! 22003 2049
INSERT INTO d(b) VALUES (ARRAY[2, 0]);
! 22003 2
INSERT INTO d(b) VALUES (ARRAY[TRUE]);
! INVALID_VALUE shape [1], expected [2]
INSERT INTO d(f64) VALUES (ARRAY['x']);
! INVALID_VALUE
INSERT INTO d(f64) VALUES (ARRAY[1, NULL]);
! INVALID_VALUE NULL inside of a tensor
SELECT TENSOR_SUM(u64), TENSOR_MAX(u64), TENSOR_MIN(i64), TENSOR_MAX(f16), ELEMENT_AT(u64, 1), ELEMENT_AT(u32, 1), ELEMENT_AT(f16, 1), TENSOR_MEAN(b) FROM d;
> 18446744073709551615 | 18446744073709551615 | -9223372036854775807 | 65504.0 | 18446744073709551615 | 4294967295 | 65504.0 | 0.5
SELECT u64 - 1 FROM d;
! 22003 0 - 1 does not fit into UINT64
SELECT u64 / 2, u32 + u32 * 0, f16 * 2, i8 + u8, i64 + u64 * 0, f16 + i8 * 0 FROM d;
> [0, 9223372036854775807] | [0, 4294967295] | [0.19995117, Infinity] | [-128, 382] | [-9223372036854775807, 9223372036854775807] | [0.099975586, 65504.0]
SELECT TENSOR_SUM(i64 * 0 + 9223372036854775807) FROM d;
! 22003 TENSOR_SUM
# Every meaning of a tensor.
CREATE TABLE h(e EMBEDDING(2), bb BBOX, kp KEYPOINTS, sm SEGMENT_MASK, bm BINARY_MASK, pg POLYGON, pc POINT_CLOUD, im IMAGE, ij IMAGE('jpeg'), au AUDIO('wav'), vi VIDEO, cl CLASS_LABEL('a', 'it''s'), cn CLASS_LABEL, tx TEXT, js JSON, li LIST);
INSERT INTO h(e, bb, kp, sm, bm, pg, pc, cl, tx, js, li) VALUES (ARRAY[1, 2], ARRAY[ARRAY[1, 2, 3, 4.5]], ARRAY[ARRAY[1, 2]], ARRAY[ARRAY[0, 4294967295]], ARRAY[ARRAY[ARRAY[TRUE]]], ARRAY[ARRAY[ARRAY[1, 2], ARRAY[3, 4]]], ARRAY[ARRAY[0.5, 1, 2]], 'it''s', 't', '{"a": [1]}', '[1]');
INSERT INTO h(bb) VALUES (ARRAY[ARRAY[1, 2, 3]]);
! INVALID_VALUE shape [1, 3], expected [*, 4]
INSERT INTO h(pg) VALUES (ARRAY[ARRAY[1, 2]]);
! INVALID_VALUE shape [1, 2], expected [*, *, 2]
INSERT INTO h(im) VALUES (X'00');
! INVALID_VALUE
INSERT INTO h(cn) VALUES ('x');
! INVALID_VALUE
SELECT e, bb, kp, sm, bm, pg, pc, cl, tx, js, li FROM h;
> [1.0, 2.0] | [[1.0, 2.0, 3.0, 4.5]] | [[1, 2]] | [[0, 4294967295]] | [[[true]]] | [[[1.0, 2.0], [3.0, 4.0]]] | [[0.5, 1.0, 2.0]] | it's | t | {"a": [1]} | [1]
SELECT SHAPE(bb), SHAPE(bm), SHAPE(pg), TENSOR_SUM(bb), ELEMENT_AT(sm, 0, 1), TENSOR_MAX(pg, 1), LABEL_ID(cl) FROM h;
> [1, 4] | [1, 1, 1] | [1, 2, 2] | 10.5 | 4294967295 | [[3.0, 4.0]] | 1
# An empty list of boxes is none of them; what it does not tell of its shape, the type does.
INSERT INTO h(bb) VALUES (ARRAY[]), ('[]'), (CAST('[]' AS BBOX));
SELECT SHAPE(bb), bb FROM h WHERE CARDINALITY(bb) = 0;
> [0, 4] | []
> [0, 4] | []
> [0, 4] | []
SELECT tensor_name, type, htype, dtype FROM (SELECT tensor_name, type, htype, dtype FROM versor.tensors WHERE table_name = 'h') WHERE tensor_name IN ('e', 'bb', 'sm', 'ij', 'cl', 'li');
> e | EMBEDDING(2) | embedding | float32
> bb | BBOX | bbox | float32
> sm | SEGMENT_MASK | segment_mask | uint32
> ij | IMAGE('jpeg') | image | bytes
> cl | CLASS_LABEL('a', 'it''s') | class_label | int32
> li | LIST | list | utf8
# Declarations that mean nothing.
CREATE TABLE bad(x TENSOR(FLOAT128, *));
! 42601 no dtype FLOAT128
CREATE TABLE bad(x TENSOR(FLOAT32, 0));
! INVALID_VALUE extent 0
CREATE TABLE bad(x TENSOR(UINT8, 100000, 100000));
! LIMIT
CREATE TABLE bad(x EMBEDDING(0));
! 42601
CREATE TABLE bad(x CLASS_LABEL('a', 'a'));
! INVALID_VALUE twice
CREATE TABLE bad(x IMAGE('docx'));
! 42601 expected one of 'jpeg'
CREATE TABLE bad(x AUDIO('mp4'));
! 42601 expected one of 'wav'
CREATE TABLE bad(x TENSOR(TIMESTAMP, *));
! 42601
