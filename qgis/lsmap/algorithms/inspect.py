import json

from qgis.core import QgsProcessingParameterFile, QgsProcessingParameterFileDestination

from ..words import tr
from .algorithm import Algorithm


class Inspect(Algorithm):
    NAME = "inspect"
    TITLE = "Inspect a file"
    GROUP = ("inputs", "Inputs")
    HELP = "Tells what a file of JMA (GRIB2), a layer, model or sample file of lsmap, or a landslide inventory holds."

    def initAlgorithm(self, configuration=None):  # noqa: N802
        self.addParameter(QgsProcessingParameterFile("INPUT", tr("File")))
        self.addParameter(QgsProcessingParameterFileDestination("REPORT", tr("Report"), "JSON (*.json)"))

    def command(self, parameters, context):
        return ["inspect", self.parameterAsFile(parameters, "INPUT", context)]

    def results(self, answer, parameters, context):
        path = self.parameterAsFileOutput(parameters, "REPORT", context)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(answer, file, ensure_ascii=False, indent=1)
        return {"REPORT": path}
