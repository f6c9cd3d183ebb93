"""Writes small images of every kind that is decoded, each with the pixels that Pillow sees in it.

usage: make_images.py FOLDER        (needs Pillow, NumPy, OpenCV)

NAME.EXT is the image, NAME.EXT.rgb its pixels, row by row, after the turn that EXIF asks for.
"""
import io
import pathlib
import sys

import cv2
import numpy as np
from PIL import Image, ImageOps

WIDTH, HEIGHT = 24, 16
out = pathlib.Path(sys.argv[1])


def scene():
    """Smooth, so that codecs agree on it, and different in each corner, so that turns show."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    red = 255 * x / (WIDTH - 1)
    green = 255 * y / (HEIGHT - 1)
    blue = 200 - 150 * (x + y) / (WIDTH + HEIGHT)
    return np.stack([red, green, blue], 2).round().astype(np.uint8)


def write(name, data, pixels=None):
    (out / name).write_bytes(data)
    if pixels is None:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        if image.mode == "RGBA":  # dropped, not blended
            pixels = np.asarray(image)[:, :, :3]
        else:
            pixels = np.asarray(image.convert("RGB"))
    (out / (name + ".rgb")).write_bytes(np.ascontiguousarray(pixels).tobytes())


def encode(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def without_segment(jpeg, marker):
    at = 2
    while jpeg[at + 1] != 0xDA:
        length = int.from_bytes(jpeg[at + 2:at + 4], "big") + 2
        if jpeg[at + 1] == marker:
            return jpeg[:at] + jpeg[at + length:]
        at += length
    raise ValueError("no such segment")


rgb = Image.fromarray(scene())
write("baseline.jpg", encode(rgb, "JPEG", quality=95))
write("progressive.jpg", encode(rgb, "JPEG", quality=95, progressive=True))
write("grey.jpg", encode(rgb.convert("L"), "JPEG", quality=95))
cmyk = encode(rgb.convert("CMYK"), "JPEG", quality=95)
write("cmyk_adobe.jpg", cmyk)
write("cmyk_plain.jpg", without_segment(cmyk, 0xEE))
adobe = cmyk.index(b"Adobe")
ycck = cmyk[:adobe + 11] + b"\x02" + cmyk[adobe + 12:]
write("ycck.jpg", ycck)
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    write(f"exif_{orientation}.jpg", encode(rgb, "JPEG", quality=95, exif=exif))
exif = Image.Exif()
exif[0x0112] = 6
write("exif_6.png", encode(rgb, "PNG", exif=exif))
write("exif_6.webp", encode(rgb, "WEBP", lossless=True, exif=exif))

alpha = np.dstack([scene(), np.tile(np.linspace(0, 255, WIDTH), (HEIGHT, 1)).astype(np.uint8)])
write("rgb.png", encode(rgb, "PNG"))
write("alpha.png", encode(Image.fromarray(alpha), "PNG"))
write("grey.png", encode(rgb.convert("L"), "PNG"))
write("palette.png", encode(rgb.quantize(16), "PNG"))
write("palette_transparent.png", encode(rgb.quantize(16), "PNG", transparency=3),
      np.asarray(rgb.quantize(16).convert("RGB")))
deep = scene().astype(np.uint16) * 256 + 77
write("deep.png", cv2.imencode(".png", deep[:, :, ::-1])[1].tobytes(), scene())
grey = deep[:, :, 0]
write("deep_grey.png", cv2.imencode(".png", grey)[1].tobytes(),
      np.repeat(grey[:, :, None] >> 8, 3, 2).astype(np.uint8))
write("lossy.webp", encode(rgb, "WEBP", quality=95))
write("lossless.webp", encode(rgb, "WEBP", lossless=True))
write("alpha.webp", encode(Image.fromarray(alpha), "WEBP", lossless=True, exact=True))
write("plain.bmp", encode(rgb, "BMP"))
first, second = rgb.quantize(32), ImageOps.invert(rgb).quantize(32)
write("animated.gif", encode(first, "GIF", save_all=True, append_images=[second]),
      np.asarray(first.convert("RGB")))
