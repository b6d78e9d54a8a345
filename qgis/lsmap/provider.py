"""The provider `lsmap` of the Processing toolbox and its one setting."""
import os

from processing.core.ProcessingConfig import ProcessingConfig, Setting
from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from .algorithms import ALGORITHMS
from .program import Program, ProgramError

ICON = os.path.join(os.path.dirname(__file__), "icon.svg")
#: Path of the program; empty for `lsmap` on PATH.
PROGRAM_SETTING = "LSMAP_PROGRAM"


def program():
    """The program that the settings name; LSMAP_PROGRAM of the environment goes before them. Raises ProgramError."""
    return Program(os.environ.get(PROGRAM_SETTING) or ProcessingConfig.getSetting(PROGRAM_SETTING) or "lsmap")


class Provider(QgsProcessingProvider):
    def id(self):
        return "lsmap"

    def name(self):
        return "lsmap"

    def longName(self):  # noqa: N802
        return QCoreApplication.translate("lsmap", "lsmap (landslide-risk maps)")

    def icon(self):
        return QIcon(ICON)

    def svgIconPath(self):  # noqa: N802
        return ICON

    def load(self):
        title = QCoreApplication.translate("lsmap", "Program lsmap (empty: the one on PATH)")
        ProcessingConfig.settingIcons[self.name()] = self.icon()
        ProcessingConfig.addSetting(Setting(self.name(), PROGRAM_SETTING, title, "", valuetype=Setting.FILE))
        ProcessingConfig.readSettings()
        self.refreshAlgorithms()
        return True

    def unload(self):
        ProcessingConfig.removeSetting(PROGRAM_SETTING)

    def versionInfo(self):  # noqa: N802
        try:
            return ".".join(map(str, program().version()))
        except ProgramError as error:
            return str(error)

    def loadAlgorithms(self):  # noqa: N802
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm(program))
