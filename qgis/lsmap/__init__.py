"""Plugin of QGIS that runs lsmap from the Processing toolbox."""


def classFactory(iface):  # noqa: N802, the name is QGIS'
    from .plugin import Plugin

    return Plugin(iface)
