import json

from qgis.core import (
    QgsProcessingOutputNumber, QgsProcessingOutputRasterLayer, QgsProcessingParameterBoolean,
    QgsProcessingParameterFileDestination)

from ..words import tr
from .algorithm import Algorithm


class Align(Algorithm):
    NAME = "align"
    TITLE = "Align the ground"
    GROUP = ("inputs", "Inputs")
    HELP = (
        "Puts elevation, slope, aspect, soil and vegetation of the catalogue on the MESH3 grid of an area, and reports of each "
        "layer its reference system, datum step, coverage and what was out of range.")

    def initAlgorithm(self, configuration=None):  # noqa: N802
        self.add_place()
        self.addParameter(
            QgsProcessingParameterBoolean("OVERWRITE", tr("Align again even if nothing has changed"), defaultValue=False))
        self.addParameter(
            QgsProcessingParameterBoolean(
                "QUICKLOOKS", tr("Draw a picture of every layer into the workspace"), defaultValue=False))
        self.addParameter(QgsProcessingParameterFileDestination("REPORT", tr("Report"), "JSON (*.json)"))
        self.addOutput(QgsProcessingOutputRasterLayer("STATIC", tr("Static layers")))
        self.addOutput(QgsProcessingOutputNumber("LAYERS", tr("Layers")))

    def command(self, parameters, context):
        flags = [
            option for name, option in (("OVERWRITE", "--overwrite"), ("QUICKLOOKS", "--quicklooks"))
            if self.parameterAsBoolean(parameters, name, context)]
        return ["align", *self.place(parameters, context), *flags]

    def results(self, answer, parameters, context):
        path = self.parameterAsFileOutput(parameters, "REPORT", context)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(answer, file, ensure_ascii=False, indent=1)
        return {"REPORT": path, "STATIC": answer["file"], "LAYERS": len(answer["entries"])}
