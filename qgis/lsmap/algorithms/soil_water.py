from qgis.core import QgsProcessingOutputFolder, QgsProcessingOutputNumber, QgsProcessingParameterBoolean

from ..words import tr
from .algorithm import Algorithm


class SoilWater(Algorithm):
    NAME = "soilwater"
    TITLE = "Soil water index"
    GROUP = ("inputs", "Inputs")
    HELP = "Runs the tank model over the rain archive and writes the daily maximum of the soil water index (mm) of each day."

    def initAlgorithm(self, configuration=None):  # noqa: N802
        self.add_place()
        self.add_day("FROM", tr("First day (JST)"), optional=True)
        self.add_day("TO", tr("Last day (JST)"), optional=True)
        self.addParameter(QgsProcessingParameterBoolean("TANKS", tr("Write the three tanks too"), defaultValue=False))
        self.addParameter(QgsProcessingParameterBoolean("HOURLY", tr("Write hourly NetCDF files too"), defaultValue=False))
        self.addOutput(QgsProcessingOutputFolder("FOLDER", tr("Folder of the layers")))
        self.addOutput(QgsProcessingOutputNumber("DAYS", tr("Days")))
        self.addOutput(QgsProcessingOutputNumber("INVALID_DAYS", tr("Days that are not valid yet")))
        self.add_gaps()

    def command(self, parameters, context):
        options = self.place(parameters, context)
        options += self.day(parameters, "FROM", context, "--from") + self.day(parameters, "TO", context, "--to")
        flags = [
            option for name, option in (("TANKS", "--tanks"), ("HOURLY", "--hourly"))
            if self.parameterAsBoolean(parameters, name, context)]
        return ["soilwater", "run", *options, *flags]

    def results(self, answer, parameters, context):
        return {
            "FOLDER": answer["folder"], "DAYS": answer["daysComputed"], "INVALID_DAYS": len(answer["invalidDays"]),
            "HAS_GAPS": self.gaps,
        }
