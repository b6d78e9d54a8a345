import os

from qgis.core import (
    QgsProcessingOutputFile, QgsProcessingOutputFolder, QgsProcessingOutputNumber, QgsProcessingOutputRasterLayer,
    QgsProcessingOutputString, QgsProcessingParameterBoolean, QgsProcessingParameterFile)

from ..words import tr
from .algorithm import Algorithm

#: Layers of the run folder as outputs for models.
LAYERS = {"LEVEL": "level", "RISK": "risk", "SOIL_WATER": "swi", "ANOMALY": "anomaly", "QUALITY": "quality"}


class Predict(Algorithm):
    NAME = "predict"
    TITLE = "Landslide risk of a day"
    HELP = (
        "Makes the risk layers, the map and the QGIS project of a day, and whatever step is missing before it. "
        "Days and hours are Japan's. Levels are classes of a model and no official warning.")

    def initAlgorithm(self, configuration=None):  # noqa: N802
        self.add_place()
        self.add_day("DATE", tr("Day (JST)"), optional=True)
        self.add_as_of(tr("As of this full hour (JST), with forecast rain after it"))
        self.addParameter(QgsProcessingParameterFile("MODEL", tr("Model file (empty: the catalogue's)"), optional=True))
        self.add_language()
        self.addParameter(
            QgsProcessingParameterBoolean("OVERWRITE", tr("Replace the run folder if it is there"), defaultValue=False))
        self.add_loading()
        self.add_folder()
        self.addOutput(QgsProcessingOutputFolder("RUN", tr("Run folder")))
        for name, file in LAYERS.items():
            self.addOutput(QgsProcessingOutputRasterLayer(name, file))
        self.addOutput(QgsProcessingOutputFile("MAP", tr("Map sheet")))
        self.addOutput(QgsProcessingOutputFile("PROJECT", tr("QGIS project")))
        self.addOutput(QgsProcessingOutputNumber("OVER_THRESHOLD", tr("Cells at level 4 or 5")))
        self.addOutput(QgsProcessingOutputString("HIGHEST_CELL", tr("Cell of the highest risk")))
        self.add_gaps()

    def checkParameterValues(self, parameters, context):  # noqa: N802
        dated, remedy = self.is_dated(parameters, context)
        return super().checkParameterValues(parameters, context) if dated else (False, remedy)

    def command(self, parameters, context):
        options = self.place(parameters, context) + self.day(parameters, "DATE", context, "--date")
        options += self.as_of(parameters, context)
        model = self.parameterAsFile(parameters, "MODEL", context)
        if model:
            options += ["--model", model]
        if self.parameterAsBoolean(parameters, "OVERWRITE", context):
            options.append("--overwrite")
        out = self.parameterAsString(parameters, "OUTPUT", context)
        return ["predict", *options, *self.language(parameters, context), "--out", out]

    def results(self, answer, parameters, context):
        folder = answer["folder"]
        project = os.path.join(folder, "lsmap.qgz")
        self.load_afterwards(project, parameters, context)
        return {
            "OUTPUT": self.parameterAsString(parameters, "OUTPUT", context), "RUN": folder, "PROJECT": project,
            "MAP": os.path.join(folder, "map.png"),
            "OVER_THRESHOLD": sum(answer["cellsByLevel"][4:]), "HIGHEST_CELL": answer.get("highestCell", ""),
            "HAS_GAPS": self.gaps, **{name: os.path.join(folder, f"{file}.tif") for name, file in LAYERS.items()},
        }
