"""Writes small images with EXIF data.

usage: make_exif.py FOLDER        (needs Pillow)
"""
import pathlib
import sys

from PIL import Image
from PIL.TiffImagePlugin import IFDRational as Fraction

out = pathlib.Path(sys.argv[1])
image = Image.new("RGB", (16, 12), (200, 100, 50))


def exif(maker, model, taken, latitude, longitude):
    data = image.getexif()
    data[0x010f], data[0x0110] = maker, model
    data[0x0132] = "0000:00:00 00:00:00"
    data.get_ifd(0x8769)[0x9003] = taken
    data.get_ifd(0x8825).update({1: latitude[0], 2: latitude[1:], 3: longitude[0], 4: longitude[1:]})
    return data


good = exif("Kamera", "X100", "2024:02:29 23:59:58",
            ("N", Fraction(52), Fraction(0), Fraction(216, 10)), ("W", Fraction(4), Fraction(22), Fraction(12)))
for ending in ("jpg", "png", "webp"):
    image.save(out / f"exif.{ending}", exif=good)
bad = exif("Canon", "Canon EOS R5", "0000:00:00 00:00:00",
           ("N", Fraction(91), Fraction(0), Fraction(0)), ("E", Fraction(1), Fraction(0), Fraction(0)))
image.save(out / "exif-invalid.jpg", exif=bad)
