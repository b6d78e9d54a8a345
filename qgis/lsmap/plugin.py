"""What QGIS starts: the provider of algorithms, and the words of the user's language."""
import os

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QSettings, QTranslator

from .provider import Provider

FOLDER = os.path.dirname(__file__)


class Plugin:
    """QGIS calls `initGui` on a screen and `initProcessing` in qgis_process; `iface` is None in the latter."""

    def __init__(self, iface):
        self.iface = iface
        self.provider = None
        self.translator = None
        language = (QSettings().value("locale/userLocale") or QLocale().name())[:2]
        words = os.path.join(FOLDER, "i18n", f"lsmap_{language}.qm")
        if os.path.exists(words):
            self.translator = QTranslator()
            self.translator.load(words)
            QCoreApplication.installTranslator(self.translator)

    def initProcessing(self):  # noqa: N802
        self.provider = Provider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self):  # noqa: N802
        self.initProcessing()

    def unload(self):
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
