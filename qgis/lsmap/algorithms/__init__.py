"""The algorithms of the provider, one file each."""
from .align import Align
from .inspect import Inspect
from .predict import Predict
from .rain_check import RainCheck
from .rain_import import RainImport
from .report import Report
from .season import Season
from .soil_water import SoilWater

ALGORITHMS = [Predict, Season, Report, Align, RainImport, RainCheck, SoilWater, Inspect]
