"""Words of the user's language."""
from qgis.PyQt.QtCore import QCoreApplication


def tr(text):
    """The text in the language of QGIS; `i18n/` holds them all."""
    return QCoreApplication.translate("lsmap", text)
