from qgis.core import QgsProcessingOutputHtml, QgsProcessingOutputNumber, QgsProcessingParameterFile

from ..words import tr
from .algorithm import Algorithm


class Report(Algorithm):
    NAME = "report"
    TITLE = "Page of a day"
    HELP = (
        "Writes the run of a day as one HTML page beside its folder: map, municipalities, worst cells with their snake lines, "
        "what was missing. The run must be there.")

    def initAlgorithm(self, configuration=None):  # noqa: N802
        self.add_place()
        self.add_day("DATE", tr("Day (JST)"), optional=True)
        self.add_as_of(tr("Time that the run is as of (JST)"))
        self.add_language()
        self.addParameter(
            QgsProcessingParameterFile("RUNS", tr("Folder of the run folders"), behavior=QgsProcessingParameterFile.Folder))
        self.addOutput(QgsProcessingOutputHtml("PAGE", tr("Page")))
        self.addOutput(QgsProcessingOutputNumber("SNAKE_LINES", tr("Cells with their snake lines")))

    def checkParameterValues(self, parameters, context):  # noqa: N802
        dated, remedy = self.is_dated(parameters, context)
        return super().checkParameterValues(parameters, context) if dated else (False, remedy)

    def command(self, parameters, context):
        options = self.place(parameters, context) + self.day(parameters, "DATE", context, "--date")
        options += self.as_of(parameters, context)
        runs = self.parameterAsFile(parameters, "RUNS", context)
        return ["report", *options, *self.language(parameters, context), "--out", runs]

    def results(self, answer, parameters, context):
        return {"PAGE": answer["file"], "SNAKE_LINES": answer["cells"]}
