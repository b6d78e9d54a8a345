import csv

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterFileDestination

from ..words import tr
from .algorithm import Algorithm


class RainCheck(Algorithm):
    NAME = "raincheck"
    TITLE = "Check the rain"
    GROUP = ("inputs", "Inputs")
    HELP = (
        "Goes through the archive of hourly rain: which hours are there, where cells have none, the wettest hour and day. "
        "The table has a line a day; '#' is an hour with rain data and '.' one without.")

    def initAlgorithm(self, configuration=None):  # noqa: N802
        self.add_place()
        self.add_day("FROM", tr("First day (JST)"), optional=True)
        self.add_day("TO", tr("Last day (JST)"), optional=True)
        self.addParameter(QgsProcessingParameterFileDestination("TABLE", tr("Table of days"), "CSV (*.csv)"))
        self.addOutput(QgsProcessingOutputNumber("DAYS", tr("Days")))
        self.addOutput(QgsProcessingOutputNumber("MISSING_HOURS", tr("Missing hours")))
        self.addOutput(QgsProcessingOutputNumber("DOUBTS", tr("Doubtful values")))
        self.add_gaps()

    def command(self, parameters, context):
        options = self.place(parameters, context)
        options += self.day(parameters, "FROM", context, "--from") + self.day(parameters, "TO", context, "--to")
        return ["rain", "check", *options]

    def results(self, answer, parameters, context):
        path = self.parameterAsFileOutput(parameters, "TABLE", context)
        # With a mark of order, so that spreadsheets read it as UTF-8.
        with open(path, "w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(["date", "hours_present", "hours", "cells_without_rain", "wettest_hour_mm", "wettest_day_mm", "source"])
            for day in answer["days"]:
                table.writerow([
                    day["date"], day["hours"].count("#"), day["hours"], day.get("emptyCells", ""), day.get("wettestHour", ""),
                    day.get("wettestTotal", ""), day.get("source", "")])
        return {
            "TABLE": path, "DAYS": len(answer["days"]), "DOUBTS": len(answer["suspicions"]) + len(answer["findings"]),
            "MISSING_HOURS": sum(24 - day["hours"].count("#") for day in answer["days"]), "HAS_GAPS": self.gaps,
        }
