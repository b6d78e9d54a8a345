import os

from qgis.core import (
    QgsProcessingOutputFile, QgsProcessingOutputFolder, QgsProcessingOutputNumber, QgsProcessingParameterBoolean,
    QgsProcessingParameterFile)

from ..words import tr
from .algorithm import Algorithm


class Season(Algorithm):
    NAME = "season"
    TITLE = "Many days in one project"
    HELP = (
        "Joins days into one QGIS project with a group of layers a day, ready for the temporal controller, with a table of "
        "municipalities by day and an animation. Missing days are predicted.")

    def initAlgorithm(self, configuration=None):  # noqa: N802
        self.add_place()
        self.add_day("FROM", tr("First day (JST)"))
        self.add_day("TO", tr("Last day (JST)"))
        self.addParameter(QgsProcessingParameterFile("MODEL", tr("Model file (empty: the catalogue's)"), optional=True))
        self.add_language()
        self.addParameter(
            QgsProcessingParameterBoolean("OVERWRITE", tr("Replace the season's folder if it is there"), defaultValue=False))
        self.add_loading()
        self.add_folder()
        self.addOutput(QgsProcessingOutputFolder("SEASON", tr("Folder of the season")))
        self.addOutput(QgsProcessingOutputFile("PROJECT", tr("QGIS project")))
        self.addOutput(QgsProcessingOutputFile("ANIMATION", tr("Animation")))
        self.addOutput(QgsProcessingOutputNumber("DAYS_OVER_THRESHOLD", tr("Days with a cell at level 4 or 5")))
        self.add_gaps()

    def checkParameterValues(self, parameters, context):  # noqa: N802
        first, last = (self.parameterAsDateTime(parameters, name, context) for name in ("FROM", "TO"))
        if first.isValid() and last.isValid() and first > last:
            return False, tr("The first day must not be after the last.")
        return super().checkParameterValues(parameters, context)

    def command(self, parameters, context):
        options = self.place(parameters, context)
        options += self.day(parameters, "FROM", context, "--from") + self.day(parameters, "TO", context, "--to")
        model = self.parameterAsFile(parameters, "MODEL", context)
        if model:
            options += ["--model", model]
        if self.parameterAsBoolean(parameters, "OVERWRITE", context):
            options.append("--overwrite")
        out = self.parameterAsString(parameters, "OUTPUT", context)
        return ["season", *options, *self.language(parameters, context), "--out", out]

    def results(self, answer, parameters, context):
        folder = answer["folder"]
        project = os.path.join(folder, "season.qgz")
        self.load_afterwards(project, parameters, context)
        return {
            "OUTPUT": self.parameterAsString(parameters, "OUTPUT", context), "SEASON": folder, "PROJECT": project,
            "ANIMATION": os.path.join(folder, "season.png"), "DAYS_OVER_THRESHOLD": len(answer["daysOverThreshold"]),
            "HAS_GAPS": self.gaps,
        }
