from qgis.core import QgsProcessingOutputNumber

from ..words import tr
from .algorithm import Algorithm


class RainImport(Algorithm):
    NAME = "rainimport"
    TITLE = "Import the rain"
    GROUP = ("inputs", "Inputs")
    HELP = "Reads the hourly rain of the catalogue into the archive of an area, day by day; days that have not changed are left alone."

    def initAlgorithm(self, configuration=None):  # noqa: N802
        self.add_place()
        self.add_day("FROM", tr("First day (JST)"), optional=True)
        self.add_day("TO", tr("Last day (JST)"), optional=True)
        self.addOutput(QgsProcessingOutputNumber("HOURS", tr("Hours")))
        self.addOutput(QgsProcessingOutputNumber("MISSING_HOURS", tr("Missing hours")))
        self.add_gaps()

    def command(self, parameters, context):
        options = self.place(parameters, context)
        options += self.day(parameters, "FROM", context, "--from") + self.day(parameters, "TO", context, "--to")
        return ["rain", "import", *options]

    def results(self, answer, parameters, context):
        return {
            "HOURS": answer["hoursImported"], "MISSING_HOURS": len(answer["hoursMissing"]), "HAS_GAPS": self.gaps}
