"""Writes the files beside it, with pyarrow 26: what another writer makes of every type and codec.

    pip install pyarrow==26.0.1 && python make_golden.py
"""
import datetime as dt
import os
from decimal import Decimal as D

import pyarrow as pa
import pyarrow.feather as feather

os.chdir(os.path.dirname(os.path.abspath(__file__)))

everything = pa.table({
    "b": pa.array([True, False, None, True]),
    "i8": pa.array([1, -2, None, 127], pa.int8()),
    "u32": pa.array([1, 2, None, 4294967295], pa.uint32()),
    "i64": pa.array([1, -2, None, 9007199254740993], pa.int64()),
    "safe": pa.array([1, -2, None, 9007199254740991], pa.int64()),
    "u64": pa.array([1, 2, None, 18446744073709551615], pa.uint64()),
    "f16": pa.array([1.5, -2.0, None, 0.25], pa.float16()),
    "f32": pa.array([1.5, -2.5, None, 0.5], pa.float32()),
    "f64": pa.array([1.5, -2.5, None, 0.1], pa.float64()),
    "s": pa.array(["a", "ü€", "", None], pa.string()),
    "ls": pa.array(["a", "ü€", "", None], pa.large_string()),
    "sv": pa.array(["a", "a text of more than twelve bytes", "", None], pa.string_view()),
    "dict": pa.array(["n", "s", None, "n"]).dictionary_encode(),
    "bin": pa.array([b"\x00\xff", b"", None, b"abc"], pa.binary()),
    "fixed": pa.array([b"\x00\xff", b"ab", None, b"xy"], pa.binary(2)),
    "money": pa.array([D("1.23"), D("-1.00"), None, D("999.99")], pa.decimal128(5, 2)),
    "d256": pa.array([D("1e60"), D("-1"), None, D("2")], pa.decimal256(70, 0)),
    "day": pa.array([dt.date(1970, 1, 1), dt.date(2026, 11, 29), None, dt.date(1, 1, 1)]),
    "day64": pa.array([dt.date(1970, 1, 1), dt.date(2026, 11, 29), None, dt.date(1, 1, 1)], pa.date64()),
    "ts_s": pa.array([0, 1, None, 1700000000], pa.timestamp("s")),
    "ts_ms": pa.array([0, 1, None, 1700000000123], pa.timestamp("ms", tz="UTC")),
    "ts_us": pa.array([0, 1000, None, 1700000000123000], pa.timestamp("us", tz="UTC")),
    "fine": pa.array([0, 1, None, 1700000000123456], pa.timestamp("us")),
    "ts_ns": pa.array([0, 1, None, 1700000000123456789], pa.timestamp("ns", tz="UTC")),
    "t_s": pa.array([0, 1, None, 86399], pa.time32("s")),
    "t_ns": pa.array([0, 1, None, 86399999999999], pa.time64("ns")),
    "span": pa.array([0, 1, None, 9007199254740993], pa.duration("us")),
    "list": pa.array([[1, 2], [], None, [None, 3]], pa.list_(pa.int64())),
    "pair": pa.array([[1, 2], [3, 4], None, [5, None]], pa.list_(pa.int32(), 2)),
    "struct": pa.array([{"x": 1, "y": "a"}, {"x": None, "y": "b"}, None, {"x": 3, "y": None}]),
    "map": pa.array([[("k", 1)], [], None, [("a", 1), ("b", None)]], pa.map_(pa.string(), pa.int32())),
    "nested": pa.array([[{"a": D("1.10")}], [], None, [{"a": None}, None]], pa.list_(pa.struct([("a", pa.decimal128(5, 2))]))),
    "nothing": pa.nulls(4),
})
for codec in ["uncompressed", "lz4", "zstd"]:
    feather.write_feather(everything, f"{codec}.arrow", compression=codec, chunksize=3)
for codec in ["zstd", "lz4"]:
    options = pa.ipc.IpcWriteOptions(compression=codec)
    with pa.OSFile(f"stream-{codec}.arrows", "wb") as sink, pa.ipc.new_stream(sink, everything.schema, options=options) as writer:
        writer.write_table(everything, max_chunksize=3)

# Several blocks of one LZ4 frame, which refer to each other.
words = pa.table({"id": pa.array(range(20000), pa.int64()), "text": pa.array([f"word {n % 997} of the text {n % 31}" for n in range(20000)])})
feather.write_feather(words, "lz4-blocks.arrow", compression="lz4")
feather.write_feather(everything.slice(0, 0), "no-rows.arrow", compression="uncompressed")
interval = pa.table({"n": [1], "every": pa.array([(1, 2, 3)], pa.month_day_nano_interval())})
feather.write_feather(interval, "interval.arrow", compression="uncompressed")
