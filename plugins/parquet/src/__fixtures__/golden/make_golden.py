"""Writes the files beside it, with pyarrow 26: what another writer makes of every type, codec and kind of page.

    pip install pyarrow==26.0.1 && python make_golden.py
"""
import datetime as dt
import os
from decimal import Decimal as D

import pyarrow as pa
import pyarrow.parquet as pq

os.chdir(os.path.dirname(os.path.abspath(__file__)))

everything = pa.table({
    "b": pa.array([True, False, None, True, False, True]),
    "i8": pa.array([1, -2, None, 127, -128, 0], pa.int8()),
    "u8": pa.array([1, 2, None, 255, 0, 7], pa.uint8()),
    "i32": pa.array([1, -2, None, 2147483647, -2147483648, 0], pa.int32()),
    "u32": pa.array([1, 2, None, 4294967295, 0, 7], pa.uint32()),
    "i64": pa.array([1, -2, None, 9007199254740993, -9223372036854775808, 9223372036854775807], pa.int64()),
    "safe": pa.array([1, -2, None, 9007199254740991, 5, 6], pa.int64()),
    "u64": pa.array([1, 2, None, 18446744073709551615, 0, 7], pa.uint64()),
    "f16": pa.array([1.5, -2.0, None, 0.0, 65504.0, 0.25], pa.float16()),
    "f32": pa.array([1.5, -2.5, None, 0.5, float("inf"), float("nan")], pa.float32()),
    "f64": pa.array([1.5, -2.5, None, 0.1, float("-inf"), float("nan")], pa.float64()),
    "s": pa.array(["a", "ü€", "", None, "😀", "\ufeffbom"], pa.string()),
    "dict": pa.array(["n", "s", None, "n", "n", "s"]).dictionary_encode(),
    "bin": pa.array([b"\x00\xff", b"", None, b"abc", b"\x80", b"z"], pa.binary()),
    "fixed": pa.array([b"\x00\xff", b"ab", None, b"xy", b"\x80\x81", b"zz"], pa.binary(2)),
    "money": pa.array([D("1.23"), D("-1.00"), None, D("999.99"), D("0.01"), D("0.00")], pa.decimal128(5, 2)),
    "d128": pa.array([D("12345678901234567890.123456"), D("-0.000001"), None, D("1"), D("99999999999999999999999999999999.999999"), D("0")], pa.decimal128(38, 6)),
    "d256": pa.array([D("1e60"), D("-1"), None, D("2"), D("3"), D("0")], pa.decimal256(70, 0)),
    "day": pa.array([dt.date(1970, 1, 1), dt.date(2026, 11, 29), None, dt.date(1, 1, 1), dt.date(1969, 12, 31), dt.date(9999, 12, 31)]),
    "ts_ms": pa.array([0, 1, None, 1700000000123, -1, 5], pa.timestamp("ms", tz="UTC")),
    "ts_us": pa.array([0, 1000, None, 1700000000123000, -1000, 5000], pa.timestamp("us", tz="UTC")),
    "fine": pa.array([0, 1, None, 1700000000123456, -1, 5], pa.timestamp("us")),
    "ts_ns": pa.array([0, 1, None, 1700000000123456789, -1, 5], pa.timestamp("ns", tz="UTC")),
    "t_ms": pa.array([0, 1, None, 86399999, 5, 6], pa.time32("ms")),
    "t_ns": pa.array([0, 1, None, 86399999999999, 5, 6], pa.time64("ns")),
    "list": pa.array([[1, 2], [], None, [None, 3], [4], [5]], pa.list_(pa.int64())),
    "struct": pa.array([{"x": 1, "y": "a"}, {"x": None, "y": "b"}, None, {"x": 3, "y": None}, {"x": 4, "y": "d"}, {"x": 5, "y": "e"}]),
    "map": pa.array([[("k", 1)], [], None, [("a", 1), ("b", None)], [("z", 9)], [("y", 8)]], pa.map_(pa.string(), pa.int32())),
    "nested": pa.array([[{"a": D("1.10")}], [], None, [{"a": None}, None], [{"a": D("2.20")}], [{"a": D("3.30")}]], pa.list_(pa.struct([("a", pa.decimal128(5, 2))]))),
    "nothing": pa.nulls(6),
})
for codec in ["snappy", "gzip", "zstd", "brotli", "lz4", "none"]:
    pq.write_table(everything, f"{codec}.parquet", compression=codec, row_group_size=4, store_schema=False)
plain = dict(data_page_version="2.0", use_dictionary=False, write_page_checksum=True, store_schema=False)
pq.write_table(everything, "pages-v2.parquet", compression="zstd", **plain)
pq.write_table(everything.select(["i32", "i64", "s", "f64", "b"]), "delta.parquet", column_encoding={
    "i32": "DELTA_BINARY_PACKED", "i64": "DELTA_BINARY_PACKED", "s": "DELTA_BYTE_ARRAY", "f64": "BYTE_STREAM_SPLIT", "b": "RLE"}, **plain)
pq.write_table(everything.select(["ts_ns"]), "int96.parquet", use_deprecated_int96_timestamps=True, store_schema=False)

# Three row groups of three years; the amounts grow.
years = pa.table({
    "year": pa.array([2022] * 4 + [2023] * 4 + [2024] * 4, pa.int32()),
    "id": pa.array(range(12), pa.int64()),
    "region": pa.array(["north", "south", None, "ärea"] * 3),
    "amount": pa.array([D(n) / 4 for n in range(12)], pa.decimal128(10, 2)),
    "at": pa.array([dt.datetime(2022 + n // 4, 1, 1 + n) for n in range(12)], pa.timestamp("us", tz="UTC")),
    "note": pa.array([None] * 8 + ["x"] * 4),
    "pad": pa.array(["%04d" % n + "p" * 60 for n in range(12)]),
})
pq.write_table(years, "years.parquet", row_group_size=4, store_schema=False)
pq.write_table(years, "years-no-statistics.parquet", row_group_size=4, write_statistics=False, store_schema=False)
pq.write_table(years.slice(0, 0), "no-rows.parquet", store_schema=False)

encryption = __import__("pyarrow.parquet.encryption", fromlist=["*"])


class Kms(encryption.KmsClient):
    def __init__(self, config):
        super().__init__()

    def wrap_key(self, key_bytes, master_key_identifier):
        return __import__("base64").b64encode(key_bytes)

    def unwrap_key(self, wrapped_key, master_key_identifier):
        return __import__("base64").b64decode(wrapped_key)


factory = encryption.CryptoFactory(Kms)
for name, plaintext_footer in [("encrypted", False), ("encrypted-column", True)]:
    config = encryption.EncryptionConfiguration(footer_key="f", column_keys={"c": ["id"]}, plaintext_footer=plaintext_footer)
    properties = factory.file_encryption_properties(encryption.KmsConnectionConfig(), config)
    with pq.ParquetWriter(f"{name}.parquet", years.schema, encryption_properties=properties, store_schema=False) as writer:
        writer.write_table(years)
