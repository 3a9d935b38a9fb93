"""What every server of a home shares: the snapshot in force, answers kept by snapshot, errors as problems."""

from frontrunner.deliver.serving.desk import Desk
from frontrunner.deliver.serving.front import Front
from frontrunner.deliver.serving.problems import problem, status_of

__all__ = ["Desk", "Front", "problem", "status_of"]
