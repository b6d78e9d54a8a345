"""What all algorithms of lsmap have in common: parameters, the run, its end."""
from qgis.core import (
    QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingOutputBoolean, QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime, QgsProcessingParameterDefinition, QgsProcessingParameterEnum, QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination, QgsProcessingParameterNumber, QgsProcessingParameterString)
from qgis.PyQt.QtGui import QIcon

from .. import styled
from ..program import Cancelled, ProgramError
from ..words import tr

LANGUAGES = ["", "en", "ja"]


class Algorithm(QgsProcessingAlgorithm):
    """A command of lsmap.

    A subclass has `NAME`, `GROUP` (key, English title), `TITLE` and `HELP` in English, its parameters, `command` and `results`.
    """

    NAME = TITLE = HELP = ""
    GROUP = ("maps", "Maps")

    def __init__(self, program):
        """program: gives the `Program` of the settings, or raises ProgramError."""
        super().__init__()
        self.program = program
        self._project_file = None

    def createInstance(self):  # noqa: N802
        return type(self)(self.program)

    def name(self):
        return self.NAME

    def displayName(self):  # noqa: N802
        return tr(self.TITLE)

    def groupId(self):  # noqa: N802
        return self.GROUP[0]

    def group(self):
        return tr(self.GROUP[1])

    def shortHelpString(self):  # noqa: N802
        return tr(self.HELP)

    def icon(self):
        return self.provider().icon() if self.provider() else QIcon()

    def canExecute(self):  # noqa: N802
        try:
            self.program().shake_hands()
        except ProgramError as error:
            return False, str(error)
        return True, ""

    # What a subclass says.

    def command(self, parameters, context):
        """The command with its options, a list of texts."""
        raise NotImplementedError

    def results(self, answer, parameters, context):
        """Outputs by name, from the program's answer."""
        raise NotImplementedError

    # Parameters that several have.

    def add_place(self):
        self.addParameter(QgsProcessingParameterFile("CATALOG", tr("Catalogue of inputs"), fileFilter="YAML (*.yaml *.yml)"))
        area = QgsProcessingParameterString("AREA", tr("Area (empty: the catalogue's)"), optional=True)
        area.setHelp(tr("A prefecture (tottori, 鳥取県, 31), mesh codes (5334,533544), a box (west,south,east,north), or file.gpkg"))
        self.addParameter(area)
        threads = QgsProcessingParameterNumber("THREADS", tr("Threads (0: all)"), defaultValue=0, minValue=0, maxValue=1024)
        threads.setFlags(threads.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
        self.addParameter(threads)

    def add_day(self, name, title, optional=False):
        self.addParameter(
            QgsProcessingParameterDateTime(name, title, type=QgsProcessingParameterDateTime.Date, optional=optional))

    def add_as_of(self, title):
        self.addParameter(
            QgsProcessingParameterDateTime("AS_OF", title, type=QgsProcessingParameterDateTime.DateTime, optional=True))

    def add_language(self):
        self.addParameter(
            QgsProcessingParameterEnum(
                "LANGUAGE", tr("Language of the products"), [tr("as the catalogue says"), "English", "日本語"], defaultValue=0))

    def add_folder(self):
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder of the run folders")))

    def add_loading(self):
        self.addParameter(QgsProcessingParameterBoolean("LOAD", tr("Load the styled layers"), defaultValue=True))

    def add_gaps(self):
        self.addOutput(QgsProcessingOutputBoolean("HAS_GAPS", tr("Something was missing")))

    # Options from parameters.

    def place(self, parameters, context):
        options = ["--catalog", self.parameterAsFile(parameters, "CATALOG", context)]
        area = self.parameterAsString(parameters, "AREA", context).strip()
        if area:
            # One word: an area of the western hemisphere begins with a minus.
            options.append(f"--area={area}")
        threads = self.parameterAsInt(parameters, "THREADS", context)
        return options + (["--threads", str(threads)] if threads else [])

    def day(self, parameters, name, context, option):
        """The option with a day of Japan; nothing where none is given."""
        moment = self.parameterAsDateTime(parameters, name, context)
        return [option, moment.date().toString("yyyy-MM-dd")] if moment.isValid() else []

    def as_of(self, parameters, context):
        """The option with a full hour of Japan; nothing where none is given."""
        moment = self.parameterAsDateTime(parameters, "AS_OF", context)
        return ["--as-of", moment.toString("yyyy-MM-ddTHH:00")] if moment.isValid() else []

    def is_dated(self, parameters, context):
        """Whether a day or a time is given, and what to say where neither is."""
        dated = any(self.parameterAsDateTime(parameters, name, context).isValid() for name in ("DATE", "AS_OF"))
        return dated, "" if dated else tr("Name a day, or a time that the map is as of.")

    def language(self, parameters, context):
        code = LANGUAGES[self.parameterAsEnum(parameters, "LANGUAGE", context)]
        return ["--lang", code] if code else []

    # The run.

    def processAlgorithm(self, parameters, context, feedback):  # noqa: N802
        command = self.command(parameters, context)
        feedback.pushCommandInfo("lsmap " + " ".join(command))
        self.gaps = False
        try:
            answer, self.gaps = self.program().run(command, lambda event: self._tell(event, feedback), feedback.isCanceled)
        except Cancelled:
            return {}
        except ProgramError as error:
            raise QgsProcessingException(str(error)) from error
        if self.gaps:
            feedback.pushWarning(tr("Something was missing: the products say what and where."))
        try:
            return self.results(answer, parameters, context)
        except KeyError as error:
            raise QgsProcessingException(
                f"lsmap {command[0]}: its answer has no {error}; install the program and the plugin of one release") from error

    def postProcessAlgorithm(self, context, feedback):  # noqa: N802
        """Layers are loaded here, in the thread of the project."""
        if self._project_file and context.project() is not None:
            try:
                styled.load(self._project_file, context.project())
            except (OSError, KeyError, ValueError) as error:
                feedback.reportError(str(error))
        return {}

    def load_afterwards(self, path, parameters, context):
        """Has the layers of a project file loaded at the end, if the user wants them."""
        if self.parameterAsBoolean(parameters, "LOAD", context):
            self._project_file = path

    @staticmethod
    def _tell(event, feedback):
        kind = event["event"]
        if kind == "step":
            feedback.setProgress(0)
            feedback.setProgressText(event.get("title", ""))
        elif kind == "progress":
            feedback.setProgress(100 * event.get("fraction", 0))
        elif kind == "warning":
            feedback.pushWarning(event.get("message", ""))
        else:
            feedback.pushInfo(event.get("message", ""))
