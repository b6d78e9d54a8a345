"""Loads the layers of a project that lsmap wrote into the open one: as that project shows them, in one group."""
import zipfile

from qgis.core import QgsLayerDefinition, QgsPathResolver, QgsReadWriteContext
from qgis.PyQt.QtXml import QDomDocument


def load(path, project):
    """Adds the groups, styles, names and days of a `.qgz` on top of a project's layers.

    path: the `.qgz`; its layers lie beside it.
    project: a QgsProject; its days of the temporal controller become those of the file.
    Returns the title of the group.
    Raises OSError, KeyError or ValueError where the file is none of lsmap's.
    """
    with zipfile.ZipFile(path) as archive:
        name = next((name for name in archive.namelist() if name.endswith(".qgs")), None)
        if name is None:
            raise ValueError(f"{path}: holds no project")
        written = QDomDocument()
        written.setContent(archive.read(name))
    root = written.documentElement()
    definition = QDomDocument()
    top = definition.createElement("qlr")
    definition.appendChild(top)
    tree = root.firstChildElement("layer-tree-group").cloneNode().toElement()
    title = root.firstChildElement("title").text()
    tree.setAttribute("name", title)
    outer = definition.createElement("layer-tree-group")
    outer.appendChild(tree)
    top.appendChild(outer)
    layers = root.firstChildElement("projectlayers").cloneNode().toElement()
    layers.setTagName("maplayers")
    top.appendChild(layers)
    context = QgsReadWriteContext()
    context.setPathResolver(QgsPathResolver(path))
    done, message = QgsLayerDefinition.loadLayerDefinition(definition, project, project.layerTreeRoot(), context)
    if not done:
        raise ValueError(f"{path}: {message}")
    # QGIS adds below what is there: a map that hides under a basemap would look like nothing had been made. Not looked up by
    # its title: a day that is made again has the title of the older one.
    group = project.layerTreeRoot().children()[-1]
    project.layerTreeRoot().insertChildNode(0, group.clone())
    project.layerTreeRoot().removeChildNode(group)
    times = project.timeSettings()
    times.readXml(root.firstChildElement("ProjectTimeSettings"), context)
    return title
