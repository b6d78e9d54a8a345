"""The algorithms in a real QGIS without a screen, run by a real lsmap on the synthetic prefecture.

Environment: LSMAP_PROGRAM, the program; LSMAP_PLUGIN, the folder that holds the plugin, its words compiled.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
sys.path[:0] = [os.environ["LSMAP_PLUGIN"], "/usr/share/qgis/python/plugins"]
from qgis.core import QgsApplication, QgsProcessingException, QgsProcessingFeedback, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
import processing
from processing.core.Processing import Processing

Processing.initialize()
from lsmap.plugin import FOLDER, Plugin

plugin = Plugin(None)
plugin.initProcessing()


class Feedback(QgsProcessingFeedback):
    """Keeps how far a run said it was; stops it at the first step if it is asked to."""

    def __init__(self, stops=False):
        super().__init__(False)
        self.steps, self.stops = [], stops

    def setProgressText(self, text):  # noqa: N802
        self.steps.append(text)
        if self.stops:
            self.cancel()


class AlgorithmTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.runs = os.path.join(cls.folder, "out")
        data = os.path.join(cls.folder, "data")
        subprocess.run([os.environ["LSMAP_PROGRAM"], "simulate", "prefecture", "--quiet", "--out", data], check=True)
        with open(os.path.join(data, "simulation.json"), encoding="utf-8") as file:
            cls.day = json.load(file)["suggestedDate"]
        cls.catalogue = os.path.join(data, "catalog.yaml")

    def setUp(self):
        QgsProject.instance().clear()

    def run_algorithm(self, name, feedback=None, **parameters):
        return processing.run(f"lsmap:{name}", {"CATALOG": self.catalogue, **parameters}, feedback=feedback or Feedback())

    def predict(self, **parameters):
        return self.run_algorithm("predict", DATE=self.day, OUTPUT=self.runs, OVERWRITE=True, **parameters)

    def test_predict_loads_the_layers_as_the_project_shows_them(self):
        feedback = Feedback()
        result = self.predict(feedback=feedback)
        self.assertTrue(feedback.steps)
        self.assertGreater(result["OVER_THRESHOLD"], 0)
        root = QgsProject.instance().layerTreeRoot()
        groups = root.children()[0].findGroups()
        self.assertGreaterEqual(len(groups), 4)
        levels = [node for node in root.findLayers() if node.layer().source().endswith("level.tif")]
        self.assertEqual(len(levels), 1)
        layer = levels[0].layer()
        self.assertTrue(layer.isValid() and levels[0].isVisible() and layer.temporalProperties().isActive())
        self.assertEqual([entry.value for entry in layer.renderer().classes()], [1, 2, 3, 4, 5])
        self.assertEqual(QgsProject.instance().timeSettings().temporalRange().begin().toUTC().time().hour(), 15)

    def test_predict_loads_nothing_where_that_is_wanted(self):
        self.predict(LOAD=False)
        self.assertEqual(QgsProject.instance().mapLayers(), {})

    def test_layers_of_a_second_run_stand_above_those_of_the_first(self):
        self.predict()
        self.predict(LANGUAGE=2)
        names = [node.name() for node in QgsProject.instance().layerTreeRoot().children()]
        self.assertEqual(len(names), 2)
        self.assertTrue(names[0].startswith("土砂災害"))
        self.assertTrue(all(layer.isValid() for layer in QgsProject.instance().mapLayers().values()))

    def test_a_day_made_again_stands_above_the_older_one(self):
        self.predict()
        older = set(QgsProject.instance().mapLayers())
        self.predict()
        nodes = QgsProject.instance().layerTreeRoot().children()
        self.assertEqual(nodes[0].name(), nodes[1].name())
        self.assertFalse(older & {node.layerId() for node in nodes[0].findLayers()})
        self.assertEqual(older, {node.layerId() for node in nodes[1].findLayers()})

    def test_report_and_season_follow(self):
        self.predict(LOAD=False)
        page = self.run_algorithm("report", DATE=self.day, RUNS=self.runs)["PAGE"]
        self.assertTrue(os.path.getsize(page) > 10_000)
        season = self.run_algorithm("season", FROM=self.day, TO=self.day, OUTPUT=self.runs, OVERWRITE=True)
        self.assertEqual(season["DAYS_OVER_THRESHOLD"], 1)
        self.assertTrue(QgsProject.instance().mapLayers())

    def test_inputs_are_aligned_checked_and_filled(self):
        report = self.run_algorithm("align", REPORT="TEMPORARY_OUTPUT")
        self.assertEqual(report["LAYERS"], 5)
        self.assertTrue(QgsRasterLayer(report["STATIC"]).isValid())
        imported = self.run_algorithm("rainimport", FROM=self.day, TO=self.day)
        self.assertEqual((imported["HOURS"], imported["MISSING_HOURS"]), (24, 0))
        rain = self.run_algorithm("raincheck", FROM=self.day, TO=self.day, TABLE="TEMPORARY_OUTPUT")
        with open(rain["TABLE"], encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(row["date"], row["hours_present"]) for row in rows], [(self.day, "24")])
        self.assertEqual((rain["MISSING_HOURS"], rain["HAS_GAPS"]), (0, False))
        water = self.run_algorithm("soilwater", FROM=self.day, TO=self.day)
        self.assertIn(f"{self.day}.tif", " ".join(os.listdir(water["FOLDER"])))

    def test_inspect_tells_of_a_layer(self):
        run = self.predict(LOAD=False)
        report = processing.run(
            "lsmap:inspect", {"INPUT": run["RISK"], "REPORT": "TEMPORARY_OUTPUT"}, feedback=Feedback())["REPORT"]
        with open(report, encoding="utf-8") as file:
            self.assertEqual(json.load(file)["tags"]["LSMAP_DATE"], self.day)

    def test_a_wrong_input_ends_with_the_programs_own_line(self):
        with self.assertRaisesRegex(QgsProcessingException, "absent"):
            self.run_algorithm("predict", DATE=self.day, AREA="absent", OUTPUT=self.runs)

    def test_a_day_must_be_named(self):
        with self.assertRaises(QgsProcessingException):
            self.run_algorithm("predict", OUTPUT=self.runs)

    def test_cancel_leaves_no_run_folder(self):
        other = os.path.join(self.folder, "cancelled")
        self.run_algorithm("predict", feedback=Feedback(stops=True), DATE=self.day, OUTPUT=other)
        self.assertFalse(any("manifest.json" in files for _, _, files in os.walk(other)))

    def test_a_program_of_another_release_cannot_be_run(self):
        algorithm = plugin.provider.algorithm("predict")
        self.assertEqual(algorithm.canExecute(), (True, ""))
        program = os.environ["LSMAP_PROGRAM"]
        self.addCleanup(os.environ.__setitem__, "LSMAP_PROGRAM", program)
        os.environ["LSMAP_PROGRAM"] = "/bin/true"
        self.assertFalse(algorithm.canExecute()[0])

    def test_the_toolbox_speaks_japanese(self):
        translator = QTranslator()
        self.assertTrue(translator.load(os.path.join(FOLDER, "i18n", "lsmap_ja.qm")))
        QCoreApplication.installTranslator(translator)
        self.addCleanup(QCoreApplication.removeTranslator, translator)
        self.assertEqual(plugin.provider.algorithm("predict").displayName(), "1日の土砂災害リスク")

    def test_every_algorithm_explains_itself_and_has_an_icon(self):
        for algorithm in plugin.provider.algorithms():
            with self.subTest(algorithm.id()):
                self.assertTrue(algorithm.shortHelpString() and algorithm.displayName())
                self.assertFalse(algorithm.icon().isNull())


if __name__ == "__main__":
    ended = unittest.main(exit=False)
    sys.stdout.flush()
    sys.stderr.flush()
    # QGIS' own teardown crashes now and then.
    os._exit(not ended.result.wasSuccessful())
