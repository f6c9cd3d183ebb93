import io
import json
import unittest

from PIL import Image

from seeql.drawing import Found, Picture, drawing, grid
from seeql.maps import Explained, heat, overlays
from seeql.tree import draw, nodes

YELLOW = (255, 210, 63)


def png(width, height, colour="white", **how):
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, "PNG", **how)
    return written.getvalue()


class Boxes(unittest.TestCase):
    def drawn(self, box, file=None, width=200, label="cat"):
        picture = Picture("p", file or png(400, 300), (Found(label, 0.5, box),))
        return drawing(picture, {label: "#ffd23f"}, width)

    def test_are_scaled_to_the_smaller_picture(self):
        image = self.drawn((100, 100, 200, 200))
        self.assertEqual((200, 150), image.size)
        for edge in ((50, 75), (100, 75), (75, 100), (75, 50)):
            self.assertEqual(YELLOW, image.getpixel(edge), edge)
        self.assertEqual((255, 255, 255), image.getpixel((75, 75)))

    def test_refer_to_the_picture_after_its_exif_rotation(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # a quarter turn
        image = self.drawn((0, 100, 100, 200), png(300, 200, exif=exif))
        self.assertEqual((200, 300), image.size)
        self.assertEqual(YELLOW, image.getpixel((100, 150)))

    def test_have_their_labels_within_the_picture(self):
        for box in ((0, 0, 10, 10), (390, 290, 400, 300), (0, 0, 400, 300)):
            with self.subTest(box):
                image = self.drawn(box, label="traffic light")
                yellow = sum(
                    image.getpixel((x, y)) == YELLOW for x in range(200) for y in range(150)
                )
                # the area of the tag that its text does not cover
                self.assertGreater(yellow, 500)

    def test_have_labels_that_do_not_hide_each_other(self):
        alike = [Found("cat", 0.9, (20, 60, 120, 160)), Found("dog", 0.8, (20, 60, 120, 161))]
        colours = {"cat": "#ff0000", "dog": "#0000ff"}
        image = drawing(Picture("p", png(200, 200), tuple(alike)), colours, 200)
        self.assertEqual((255, 0, 0), image.getpixel((21, 58)))
        self.assertEqual((0, 0, 255), image.getpixel((21, 174)))

    def test_are_on_a_sheet_with_its_own_background(self):
        pictures = [Picture("p", png(40, 30, "black"), ()) for _ in range(5)]
        sheet = grid(pictures, 4, 100)
        self.assertEqual((4 * 110 + 10, 2 * (75 + 22 + 10) + 10), sheet.size)
        self.assertEqual((251, 251, 249), sheet.getpixel((2, 2)))
        self.assertEqual((0, 0, 0), sheet.getpixel((60, 160)))


PLAN = {
    "root": {"then": 7},
    "nodes": [
        {
            "id": 2,
            "run": ["people"],
            "answers": {"person": "people"},
            "reach": 0.38,
            "next": [
                {"when": {"person": True}, "decide": True},
                {"when": {"person": False}, "decide": False},
            ],
        },
        {
            "id": 7,
            "run": ["animals"],
            "answers": {"dog": "animals"},
            "reach": 1.0,
            "next": [
                {"when": {"dog": True}, "then": 2},
                {"when": {"dog": False}, "decide": False},
            ],
        },
    ],
}


class Trees(unittest.TestCase):
    def test_begin_with_the_root(self):
        self.assertEqual([7, 2], [node.id for node in nodes(json.dumps(PLAN))])

    def test_show_the_models_the_classes_and_the_decisions(self):
        words = [text.get_text() for text in draw(PLAN).axes[0].texts]
        for expected in (
            "animals: dog",
            "100.0% of the images",
            "✗ no dog",
            "dog",
            "people: person",
            "38.0% of the images",
            "✓ person",
            "✗ no person",
        ):
            self.assertIn(expected, words)

    def test_of_a_run_show_the_actual_number_of_images(self):
        document = {"plan": PLAN, "actual": {"reached": [0, 0, 37, 0, 0, 0, 0, 1000]}}
        words = [text.get_text() for text in draw(document).axes[0].texts]
        self.assertIn("38.0% expected, 37 actual", words)
        self.assertIn("100.0% expected, 1,000 actual", words)

    def test_have_later_steps_to_the_right(self):
        places = {t.get_text(): t.get_position() for t in draw(PLAN).axes[0].texts}
        self.assertGreater(places["people: person"][0], places["animals: dog"][0])

    def test_of_a_plan_without_models_are_refused(self):
        with self.assertRaises(ValueError) as refused:
            draw({"root": {"decide": True}, "nodes": []})
        self.assertEqual("Cannot draw the plan: it uses no model", str(refused.exception))


class Maps(unittest.TestCase):
    def grey(self, value):
        written = io.BytesIO()
        Image.new("L", (64, 64), value).save(written, "PNG")
        return written.getvalue()

    def test_go_from_transparent_through_yellow_to_red(self):
        for value, colour in (
            (0, (255, 255, 0, 0)),
            (127, (255, 255, 0, 63)),
            (255, (255, 0, 0, 255)),
        ):
            with self.subTest(value):
                self.assertEqual(colour, heat(self.grey(value)).getpixel((0, 0)))

    def test_are_over_their_pictures_with_one_slider(self):
        boxed = Picture("a<b.jpg", png(40, 30), (Found("dog", 0.5, (1, 1, 9, 9)),))
        plain = Picture("c.jpg", png(40, 30), ())
        shown = overlays(
            [
                Explained(boxed, "dog 0.50", self.grey(9)),
                Explained(plain, "<beach> 0.90", self.grey(9)),
            ],
            4,
            100,
        )
        self.assertEqual(1, shown.count('type="range"'))
        self.assertEqual(2, shown.count("data:image/jpeg;base64,"))
        self.assertEqual(2, shown.count("data:image/png;base64,"))
        self.assertIn("repeat(2, 100px)", shown)
        self.assertIn("a&lt;b.jpg · dog 0.50", shown)
        self.assertIn("&lt;beach&gt; 0.90", shown)


if __name__ == "__main__":
    unittest.main()
