#!/usr/bin/env python3
"""Binary seeds of the fuzzer, made of nothing but arithmetic; those of text were written by hand. Needs rasterio and netCDF4.

The model is that of `lsmap train --method logistic` on the tiny benchmark; `workspace` is a day of four gauges' rain, without its seal.
"""
import io
import pathlib
import struct
import zipfile

import netCDF4
import numpy as np
import rasterio
from rasterio.transform import from_origin

CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"


def raster(path, values, bands=1, **profile):
    (CORPUS / path).parent.mkdir(parents=True, exist_ok=True)
    values = np.asarray(values)
    with rasterio.open(CORPUS / path, "w", driver="GTiff", width=values.shape[-1], height=values.shape[-2], count=bands,
                       dtype=values.dtype, crs="EPSG:6668", transform=from_origin(134.29, 35.26, 0.01, 0.01), **profile) as file:
        for band in range(bands):
            file.write(values if values.ndim == 2 else values[band], band + 1)
        return file


def rasters():
    plane = np.arange(48).reshape(6, 8)
    for name, kind in [("int16", np.int16), ("float32", np.float32), ("byte", np.uint8)]:
        raster(f"elevation/{name}.tif", (plane * 7).astype(kind), nodata=0)
    raster("elevation/tiled.tif", np.full((16, 16), 40, np.float32), tiled=True, blockxsize=16, blockysize=16,
           compress="deflate", predictor=2)
    raster("elevation/lzw.tif", (plane * 9).astype(np.int16), compress="lzw")
    for name, kind in [("int16", np.int16), ("float32", np.float32)]:
        raster(f"raster/{name}.tif", (plane / 3).astype(kind), nodata=-1)
        with rasterio.open(CORPUS / f"raster/{name}.tif", "r+") as file:
            file.scales, file.offsets = [0.1], [0.0]


def arrays():
    (CORPUS / "array").mkdir(parents=True, exist_ok=True)
    for name, form in [("classic", "NETCDF3_CLASSIC"), ("four", "NETCDF4")]:
        with netCDF4.Dataset(CORPUS / f"array/{name}.nc", "w", format=form) as file:
            for axis, values, units, standard in [
                    ("time", [471_000.0, 471_001.0], "hours since 1970-01-01", "time"),
                    ("lat", [35.2, 35.21, 35.22], "degrees_north", "latitude"),
                    ("lon", [134.3, 134.31, 134.32], "degrees_east", "longitude")]:
                file.createDimension(axis, len(values))
                variable = file.createVariable(axis, "f8", (axis,))
                variable[:] = values
                variable.units, variable.standard_name = units, standard
            rain = file.createVariable("rain", "i2", ("time", "lat", "lon"), fill_value=-1)
            rain.set_auto_maskandscale(False)
            rain[:] = np.arange(18).reshape(2, 3, 3)
            rain.units, rain.scale_factor, rain.add_offset = "mm", 0.1, 0.0


FGD = """<?xml version="1.0" encoding="UTF-8"?>
<Dataset xmlns="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema" xmlns:gml="http://www.opengis.net/gml/3.2">
<DEM><fid>x</fid><mesh>52346244</mesh><coverage gml:id="DEM1"><gml:boundedBy>
<gml:Envelope srsName="fguuid:jgd2011.bl"><gml:lowerCorner>35.2 134.3</gml:lowerCorner>
<gml:upperCorner>35.208333333 134.3125</gml:upperCorner></gml:Envelope></gml:boundedBy>
<gml:gridDomain><gml:Grid gml:id="DEM2" dimension="2"><gml:limits><gml:GridEnvelope><gml:low>0 0</gml:low>
<gml:high>3 2</gml:high></gml:GridEnvelope></gml:limits><gml:axisLabels>x y</gml:axisLabels></gml:Grid></gml:gridDomain>
<gml:rangeSet><gml:DataBlock><gml:rangeParameters/><gml:tupleList>
%s
</gml:tupleList></gml:DataBlock></gml:rangeSet>
<gml:coverageFunction><gml:GridFunction><gml:sequenceRule order="+x-y">Linear</gml:sequenceRule>
<gml:startPoint>0 0</gml:startPoint></gml:GridFunction></gml:coverageFunction></coverage></DEM></Dataset>
"""


def fgd():
    text = FGD % "\n".join(f"地表面,{10 + n}.5" if n % 5 else "海水面,-9999." for n in range(12))
    name = "FG-GML-5234-62-44-DEM5A-20230815.xml"
    (CORPUS / "fgd").mkdir(parents=True, exist_ok=True)
    inner = io.BytesIO()
    for target in (CORPUS / "fgd/plain.zip", inner):
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(name), text)
    with zipfile.ZipFile(CORPUS / "fgd/nested.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("FG-GML-5234-62-DEM5A.zip"), inner.getvalue())


def section(number, body):
    return struct.pack(">IB", 5 + len(body), number) + body


def grib2(path, levels, packed, places, columns, rows):
    """JMA's analysed hourly rain on a small grid, run lengths of 8 bits (template 5.200)."""
    time = struct.pack(">HBBBBB", 2023, 8, 14, 16, 0, 0)
    south, north, west, east = 35_204_167, 35_229_166, 134_306_250, 134_356_250
    grid = struct.pack(">BIBBH", 0, columns * rows, 0, 0, 0) + struct.pack(">BBIBIBI", 4, 0, 0, 1, 6_378_137_0, 1, 6_356_752_3)
    grid += struct.pack(">IIIIiiBiiIIB", columns, rows, 0, 1_000_000, north, west, 0x30, south, east, 12_500, 8_333, 0)
    product = struct.pack(">HHBBBBBHBBIBbIBbI", 0, 50_009, 1, 200, 0, 150, 255, 0, 0, 0, 0x8000_003C, 1, 0, 0, 255, 0, 0)
    product += time + struct.pack(">BIBBBIBI", 1, 0, 1, 2, 1, 1, 255, 0)
    packing = struct.pack(">IHBHHb", places, 200, 8, max(packed_levels(packed)), len(levels), 1)
    packing += b"".join(struct.pack(">H", level) for level in levels)
    body = section(1, struct.pack(">HHBBB", 34, 0, 5, 1, 0) + time + bytes([0, 2])) + section(3, grid) + section(4, product)
    body += section(5, packing) + section(6, b"\xff") + section(7, bytes(packed)) + b"7777"
    (CORPUS / "grib2").mkdir(parents=True, exist_ok=True)
    (CORPUS / path).write_bytes(b"GRIB" + struct.pack(">HBBQ", 0, 0, 2, 16 + len(body)) + body)


def packed_levels(packed):
    return [value for value in packed if value <= 4]


rasters()
arrays()
fgd()
# Levels 0 ... 4; bytes above the greatest level are lengths of the run before them, in base 251.
grib2("grib2/runs.bin", [0, 4, 10, 255], [1, 5 + 9, 2, 3, 5 + 5, 4, 0, 2], 10 + 1 + 6 + 1 + 1 + 1, 5, 4)
